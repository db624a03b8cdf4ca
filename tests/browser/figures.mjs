/* usage: figures.mjs PAGE CARD=FILE…: the cards say what geo-area --summary (area), geo-bands --summary
 * (bands), geo-plan --json (plan) and the features of geo-check (checked) say. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { WIDE, speak, withPage } from './browser.mjs';

const [file, ...inputs] = process.argv.slice(2);
const known = Object.fromEntries(inputs.map((input) => {
  const [card, name] = input.split('=');
  return [card, JSON.parse(readFileSync(name, 'utf8'))];
}));

/* Figures of a card's rows: [{key, values, texts}] */
const rows = (page, card) => page.$$eval(`#card-${card} li[data-key]`, (all) => all.map((row) => ({
  key: row.dataset.key,
  values: [...row.querySelectorAll('data')].map((one) => Number(one.value)),
  texts: [...row.querySelectorAll('data')].map((one) => one.textContent)
})));

/* As people of the language write it, by rounding the decimal text: 1234.5 is 1,234.50 or 1.234,50. */
function written(value, digits, language)
{
  const [whole, part] = value.toFixed(digits).split('.');
  const points = whole.replace(/\B(?=(\d{3})+$)/g, language === 'vi' ? '.' : ',');
  return part ? points + (language === 'vi' ? ',' : '.') + part : points;
}

async function areaCard(page, language, area)
{
  const total = area.find((row) => row.group === 'total');
  const totals = await page.$$eval('#card-area .total data', (all) => all.map((one) => [one.value, one.textContent]));
  assert.deepEqual(totals, [[String(total.n), written(total.n, 0, language)],
                            [String(total.ha), written(total.ha, 2, language)]]);
  const groups = area.filter((row) => row.group !== 'total');
  assert.deepEqual((await rows(page, 'area')).map(({ key, values }) => [key, ...values]),
                   groups.map(({ group, n, ha, pct }) => [group, n, ha, pct]));
}

async function bandsCard(page, language, bands)
{
  const found = await rows(page, 'bands');
  assert.deepEqual(found.map(({ key, values }) => [key, ...values]),
                   bands.map(({ band, n, ha, pct }) => [band, n, ha, pct]));
  assert.deepEqual(found.map(({ texts }) => texts), bands.map(({ n, ha, pct }) => (
    [written(n, 0, language), written(ha, 2, language), `${written(pct, 2, language)}\u00a0%`])));
}

async function planCard(page, language, plan)
{
  const found = await rows(page, 'plan');
  assert.deepEqual(found.map((row) => row.key), plan.map((target) => target.id));
  for (const [i, { measured, gap, target, unit }] of plan.entries()) {
    assert.equal(found[i].values[0], measured);
    if (gap > 0) {
      assert.equal(found[i].values[1], gap);
      assert.ok(found[i].texts[1].includes(written(gap, unit === '' ? 0 : 2, language)), found[i].texts[1]);
    }
    if (target !== null) {
      assert.ok(found[i].texts[0].includes(written(target, Number.isInteger(target) ? 0 : 2, language)), found[i].texts[0]);
    }
  }
}

async function verdictsCard(page, language, checked)
{
  const counts = {};
  for (const { properties } of checked.features) {
    counts[properties.verdict] = (counts[properties.verdict] || 0) + 1;
  }
  for (const { key, values } of await rows(page, 'verdicts')) {
    assert.deepEqual(values, [counts[key] || 0], key);
    delete counts[key];
  }
  assert.deepEqual(counts, {});
}

const cards = { area: areaCard, bands: bandsCard, plan: planCard, checked: verdictsCard };

await withPage(file, WIDE, async (page) => {
  for (const language of ['vi', 'en']) {
    await speak(page, language);
    for (const [card, figures] of Object.entries(known)) {
      await cards[card](page, language, figures);
    }
  }
});
