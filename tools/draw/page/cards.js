/* Cards: the figures of the whole, as the tools' summaries give them. */

/* Bands from near to far, as light as a bar on grey may be: those of the map are too pale for it. */
const NEAR = [31, 95, 133];
const FAR = [150, 190, 212];
const BEYOND_COLOUR = '#9aa5b1';

/* A bar of a share; the figures beside it say the same to those who do not see it. */
function bar(share, colour, edge)
{
  const fill = make('span', { class: 'bar-fill' });
  fill.style.width = `${Math.min(Math.max(share, 0), 1) * 100}%`;
  if (colour) {
    fill.style.backgroundColor = colour;
  }
  if (edge && share > 0) {
    fill.style.boxShadow = `inset 0 0 0 1px ${edge}`;
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
              make('span', { class: 'share-name' }, isolated(shorten(name, 60))),
              make('span', { class: 'share-n' }, figure(n, count(n))),
              make('span', { class: 'share-ha' }, figure(ha, hectares(ha)), ' ha'),
              make('span', { class: 'share-pct' }, figure(pct, percent(pct))),
              bar(pct / 100, colour));
}

/* What the zones are: industrial ones, if all layers of them are. */
function zonesWord(model)
{
  const words = new Set(model.layers.filter((layer) => layer.role === 'zones').map(layerKind));
  return words.size === 1 ? [...words][0] : say('zones');
}

/* A value of the column that groups; numbers as the language writes them. */
function groupName(group)
{
  if (isEmpty(group)) {
    return say('noGroup');
  }
  return /^-?\d+\.\d+$/.test(group) ? formatOf(0, 6, false).format(Number(group)) : String(group);
}

function areaCard(area, model)
{
  const word = zonesWord(model);
  const list = make('ul', { class: 'shares' });
  if (area.groups.length > 1) {
    for (const row of area.groups) {
      list.append(shareRow(String(row.group), groupName(row.group), row, null));
    }
    if (area.rest) {
      list.append(shareRow('', say('otherGroups', count(area.rest.groups)), area.rest, null));
    }
  }
  return card('area', word,
              make('p', { class: 'totals' },
                   make('span', { class: 'total' }, figure(area.n, count(area.n)),
                        make('span', { class: 'unit' }, word.toLowerCase())),
                   make('span', { class: 'total' }, figure(area.ha, hectares(area.ha)),
                        make('span', { class: 'unit' }, say('hectares')))),
              list);
}

function bandColour(row, i, n)
{
  if (isEmpty(row.to_m)) {
    return BEYOND_COLOUR;
  }
  const share = n > 2 ? i / (n - 2) : 0;
  return `rgb(${NEAR.map((near, k) => Math.round(near + share * (FAR[k] - near))).join(' ')})`;
}

function bandsCard(bands)
{
  const isKm = bands.rows.every((row) => row.from_m % 1000 === 0);
  const rows = bands.rows.map((row, i) => (
    shareRow(row.band, bandText(row.from_m, row.to_m, isKm), row, bandColour(row, i, bands.rows.length))));
  return card('bands', say('bands'), make('ul', { class: 'shares' }, ...rows),
              make('p', { class: 'hint' }, say('bandsHint', bands.corridors.map((name) => `\u2068${name}\u2069`).join(', '))));
}

/* As the map draws the verdict. */
function verdictSymbol(model, verdict)
{
  const categories = model.layers.flatMap((layer) => layer.themes)
    .filter((theme) => theme.kind === 'verdict').flatMap((theme) => theme.categories);
  const category = categories.find((one) => one.value === verdict);
  return category ? category.symbol : { fill: BEYOND_COLOUR, line: BEYOND_COLOUR };
}

function verdictsCard(verdicts, model)
{
  const order = ['pass', 'uncertain', 'fail', 'none'];
  const all = order.reduce((sum, key) => sum + (verdicts[key] || 0), 0);
  const list = make('ul', { class: 'shares verdicts' });
  for (const key of order.filter((one) => verdicts[one] > 0 || one !== 'none')) {
    const n = verdicts[key] || 0;
    const { fill, line } = verdictSymbol(model, key);
    list.append(make('li', { 'data-key': key },
                     make('span', { class: 'share-name' }, inLanguage(VALUES.verdict[key])),
                     make('span', { class: 'share-pct' }, figure(n, count(n))),
                     bar(all > 0 ? n / all : 0, fill, line)));
  }
  return card('verdicts', say('verdicts'), list,
              verdicts.uncertain > 0 ? make('p', { class: 'hint' }, say('uncertainHint')) : '');
}

/* A figure of the plan in its unit: numbers of zones are whole, hectares and percents are not; what
 * is asked for stands as the plan says it. */
function planFigure(value, unit, isAsked)
{
  const isWhole = Number.isInteger(value) && (isAsked || (unit !== 'ha' && unit !== '%'));
  const text = isWhole ? count(value) : fixed(value, 2);
  return unit ? `${text}\u00a0${unit}` : text;
}

function planFigures(target)
{
  const known = target.measured === null ? '–' : planFigure(target.measured, target.unit);
  const text = target.target === null ? say('noTarget', known)
    : say('asked', known, planFigure(target.target, target.unit, true));
  const line = make('span', { class: 'target-figures' },
                    figure(target.measured === null ? '' : target.measured, text));
  if (target.gap !== null && target.gap > 0) {
    line.append(' · ', make('span', { class: 'target-gap' },
                            figure(target.gap, say('gap', planFigure(target.gap, target.unit)))));
  }
  return line;
}

/* What limits a figure is seen; the list that explains it waits to be opened. */
function planNote(note)
{
  if (note.length <= 120) {
    return make('p', { class: 'hint' }, isolated(note));
  }
  const head = note.split(': ')[0];
  return make('details', null, make('summary', null, isolated(shorten(head, 120))),
              make('p', null, isolated(note)));
}

function planTarget(target, note)
{
  const verdict = lookUp(PLAN_VERDICTS, target.verdict);
  const kind = target.verdict.replace(' ', '-');
  const item = make('li', { class: 'target', 'data-key': target.id },
                    make('p', { class: 'target-text' }, isolated(shorten(target.text || target.id, 300))),
                    make('p', { class: 'target-line' },
                         make('span', { class: `badge badge-${kind}` },
                              verdict ? inLanguage(verdict) : target.verdict),
                         planFigures(target)));
  if (target.target > 0 && target.measured !== null && /^>/.test(target.op)) {
    item.append(bar(target.measured / target.target, null));
  }
  if (!isEmpty(note)) {
    item.append(planNote(note));
  }
  return item;
}

function planCard(plan, notes, asOf)
{
  const noteOf = (i) => (notes && notes[i] ? inLanguage(notes[i]) : '');
  return card('plan', say('plan'),
              asOf ? make('p', { class: 'hint' }, say('asOf', dateText(asOf))) : '',
              make('ul', { class: 'targets' }, ...plan.map((target, i) => planTarget(target, noteOf(i)))));
}

function renderCards(container, model)
{
  const { area, bands, verdicts, plan, plan_notes: planNotes, as_of: asOf } = model.cards;
  container.replaceChildren(...[
    area && areaCard(area, model), verdicts && verdictsCard(verdicts, model),
    bands && bandsCard(bands), plan && planCard(plan, planNotes, asOf)
  ].filter(Boolean));
}
