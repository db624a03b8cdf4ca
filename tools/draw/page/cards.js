/* Cards: the figures of the whole, as the tools' summaries give them. */

const BAND_COLOURS = ['#0b4f6c', '#2a7f9e', '#62a9c0', '#9ccbd9', '#c9e0e8'];
const BEYOND_COLOUR = '#c3c9d0';
const VERDICT_COLOURS = { pass: '#1b6ca8', uncertain: '#e0b400', fail: '#c2410c', none: '#b4bac2' };

/* A bar of a share; the figures beside it say the same to those who do not see it. */
function bar(share, colour)
{
  const fill = make('span', { class: 'bar-fill' });
  fill.style.width = `${Math.min(Math.max(share, 0), 1) * 100}%`;
  if (colour) {
    fill.style.backgroundColor = colour;
  }
  return make('span', { class: 'bar', 'aria-hidden': 'true' }, fill);
}

function card(id, title, ...children)
{
  return make('section', { class: 'card', id: `card-${id}`, 'aria-labelledby': `card-${id}-title` },
              make('h2', { id: `card-${id}-title` }, title), ...children);
}

/* A row: name, number of zones, hectares, percent; a bar below. */
function shareRow(key, name, { n, ha, pct }, colour)
{
  return make('li', { 'data-key': key },
              make('span', { class: 'share-name' }, isolated(name)),
              make('span', { class: 'share-n' }, figure(n, count(n))),
              make('span', { class: 'share-ha' }, figure(ha, hectares(ha)), ' ha'),
              make('span', { class: 'share-pct' }, figure(pct, percent(pct))),
              bar(pct / 100, colour));
}

function areaCard(area)
{
  const list = make('ul', { class: 'shares' });
  if (area.groups.length > 1) {
    for (const row of area.groups) {
      const name = isEmpty(row.group) ? say('noGroup') : String(row.group);
      list.append(shareRow(name, name, row, null));
    }
  }
  return card('area', say('zones'),
              make('p', { class: 'totals' },
                   make('span', { class: 'total' }, figure(area.n, count(area.n)),
                        make('span', { class: 'unit' }, say('zonesCount'))),
                   make('span', { class: 'total' }, figure(area.ha, hectares(area.ha)),
                        make('span', { class: 'unit' }, say('hectares')))),
              list);
}

/* The colour that the map gives the band, if it draws it. */
function bandColour(model, row, i)
{
  const layer = model.layers.find((one) => one.role === 'bands');
  const theme = layer && layer.themes.find((one) => one.kind === 'band');
  const category = theme && theme.categories[i];
  if (row.to_m === null) {
    return BEYOND_COLOUR;
  }
  return category ? category.symbol.fill : BAND_COLOURS[Math.min(i, BAND_COLOURS.length - 1)];
}

function bandsCard(bands, model)
{
  const list = make('ul', { class: 'shares' });
  let last = 0;
  bands.rows.forEach((row, i) => {
    const from = row.from_m === undefined || row.from_m === null ? last : row.from_m;
    const open = row.to_m === undefined ? null : row.to_m;
    list.append(shareRow(row.band, bandText(from, open), row,
                         bandColour(model, { ...row, to_m: open }, i)));
    last = open;
  });
  return card('bands', say('bands'), list,
              make('p', { class: 'hint' }, say('bandsHint', bands.corridors.join(', '))));
}

function verdictColour(model, verdict)
{
  for (const layer of model.layers) {
    const theme = layer.themes.find((one) => one.kind === 'verdict');
    const category = theme && theme.categories.find((one) => one.value === verdict);
    if (category) {
      return category.symbol.fill;
    }
  }
  return VERDICT_COLOURS[verdict];
}

function verdictsCard(verdicts, model)
{
  const order = ['pass', 'uncertain', 'fail', 'none'];
  const all = order.reduce((sum, key) => sum + (verdicts[key] || 0), 0);
  const list = make('ul', { class: 'shares verdicts' });
  for (const key of order.filter((one) => verdicts[one] > 0 || one !== 'none')) {
    const n = verdicts[key] || 0;
    list.append(make('li', { 'data-key': key },
                     make('span', { class: 'share-name' }, inLanguage(VALUES.verdict[key])),
                     make('span', { class: 'share-pct' }, figure(n, count(n))),
                     bar(all > 0 ? n / all : 0, verdictColour(model, key))));
  }
  return card('verdicts', say('verdicts'), list,
              verdicts.uncertain > 0 ? make('p', { class: 'hint' }, say('uncertainHint')) : '');
}

/* A figure of the plan in its unit: numbers of zones are whole, hectares and percents are not. */
function planFigure(value, unit)
{
  const whole = unit !== 'ha' && unit !== '%' && Number.isInteger(value);
  const text = whole ? count(value) : fixed(value, 2);
  return unit ? `${text}\u00a0${unit}` : text;
}

function planFigures(target)
{
  const known = target.measured === null ? '–' : planFigure(target.measured, target.unit);
  const text = target.target === null ? say('noTarget', known)
    : say('asked', known, planFigure(target.target, target.unit));
  const line = make('span', { class: 'target-figures' },
                    figure(target.measured === null ? '' : target.measured, text));
  if (target.gap !== null && target.gap > 0) {
    line.append(' · ', make('span', { class: 'target-gap' },
                            figure(target.gap, say('gap', planFigure(target.gap, target.unit)))));
  }
  return line;
}

function planTarget(target)
{
  const verdict = lookUp(PLAN_VERDICTS, target.verdict);
  const kind = target.verdict.replace(' ', '-');
  const item = make('li', { class: 'target', 'data-key': target.id },
                    make('p', { class: 'target-text' }, isolated(target.text || target.id)),
                    make('p', { class: 'target-line' },
                         make('span', { class: `badge badge-${kind}` },
                              verdict ? inLanguage(verdict) : target.verdict),
                         planFigures(target)));
  if (target.target > 0 && target.measured !== null && /^>/.test(target.op)) {
    item.append(bar(target.measured / target.target, null));
  }
  if (target.note) {
    item.append(make('details', null, make('summary', null, shorten(target.note, 60)),
                     make('p', null, isolated(target.note))));
  }
  return item;
}

function planCard(plan, asOf)
{
  return card('plan', say('plan'),
              asOf ? make('p', { class: 'hint' }, say('asOf', dateText(asOf))) : '',
              make('ul', { class: 'targets' }, ...plan.map(planTarget)));
}

function renderCards(container, model)
{
  const { area, bands, verdicts, plan, as_of: asOf } = model.cards;
  container.replaceChildren(...[
    area && areaCard(area), verdicts && verdictsCard(verdicts, model),
    bands && bandsCard(bands, model), plan && planCard(plan, asOf)
  ].filter(Boolean));
}
