/* usage: table.mjs PAGE: search with and without accents, filters, order of rows, language. The
 * expected order is that of the values in the page's data, sorted here by other means. */
import assert from 'node:assert/strict';
import { WIDE, search, shownRows, speak, texts, withPage } from './browser.mjs';

const file = process.argv[2];
const names = (page) => texts(page, '#table-table tbody th bdi');
/* Names of the zones that have all the words in their cells, by the page's data; the accents of
 * Vietnamese letters are taken off by a list of these letters. */
const having = (page, words) => page.evaluate((wanted) => {
  const letters = { a: 'àáảãạăằắẳẵặâầấẩẫậ', e: 'èéẻẽẹêềếểễệ', i: 'ìíỉĩị', o: 'òóỏõọôồốổỗộơờớởỡợ',
                    u: 'ùúủũụưừứửữự', y: 'ỳýỷỹỵ', d: 'đ' };
  const bare = (text) => [...text.toLowerCase()].map((c) => (
    Object.keys(letters).find((key) => letters[key].includes(c)) || c)).join('');
  const { layers } = JSON.parse(document.getElementById('data').textContent);
  return layers.filter((layer) => layer.role === 'zones').flatMap((layer) => layer.rows)
    .map((row) => bare(row.join('\n'))).filter((text) => wanted.every((word) => text.includes(word)));
}, words);
const column = (page, i) => texts(page, `#table-table tbody tr[data-place] > :nth-child(${i + 1}) bdi`);

/* Everything in the order of the rows, though few are elements at a time. */
async function allOf(page, i)
{
  const found = new Map();
  const box = page.locator('#table-scroller');
  const n = await shownRows(page);
  for (let top = 0; found.size < n; top += 200) {
    await box.evaluate((one, at) => { one.scrollTop = at; }, top);
    await page.waitForTimeout(30);
    const rows = await page.$$eval('tr[data-place]', (all, k) => (
      all.map((row) => [Number(row.dataset.place), row.cells[k].querySelector('bdi').textContent])), i);
    rows.forEach(([place, text]) => found.set(place, text));
    assert.ok(top < 100000, `${found.size} of ${n} rows found`);
  }
  return [...found].sort(([a], [b]) => a - b).map(([, text]) => text);
}

async function searches(page)
{
  const all = await shownRows(page);
  for (const text of ['vinh tuong', 'Vĩnh Tường', 'VĨNH  tường', 'tuong vinh']) {
    await search(page, text, (await having(page, ['vinh', 'tuong'])).length);
    assert.equal((await names(page))[0], 'KCN Vĩnh Tường', text);
  }
  const found = await having(page, ['dong', 'soc']);
  await search(page, 'dong soc', found.length);
  assert.deepEqual((await names(page)).filter((_, i) => i < 2), ['KCN Đồng Sóc', 'CCN Đồng Sóc']);
  assert.match(await page.textContent('#table-status[role=status]'), new RegExp(`^${found.length} .*${all}`));
  await search(page, 'no such zone', 0);
  assert.equal(await page.isVisible('#table-empty'), true);
  await search(page, '', all);
  assert.equal(await page.isVisible('#table-empty'), false);
}

async function filters(page)
{
  const all = await shownRows(page);
  const options = await page.$$eval('#table-category option', (some) => some.map((one) => one.value));
  let sum = 0;
  for (const value of options.slice(1)) {
    await page.selectOption('#table-category', value);
    sum += await shownRows(page);
  }
  assert.ok(options.length > 2);
  assert.equal(sum, all, 'each row is in one category');
  await page.selectOption('#table-category', '');
  await page.selectOption('#table-layer', { label: 'clusters' });
  assert.equal(await shownRows(page), 22);
  await page.selectOption('#table-layer', { label: 'zones' });
  assert.equal(await shownRows(page), 21);
}

async function sorts(page)
{
  const head = '#table-table th[data-column=area_ha]';
  const at = await page.$eval(head, (cell) => cell.cellIndex);
  const number = (text) => Number(text.replace(/,/g, ''));
  await page.click(`${head} button`);
  assert.equal(await page.getAttribute(head, 'aria-sort'), 'ascending');
  const up = (await allOf(page, at)).map(number);
  assert.deepEqual(up, [...up].sort((a, b) => a - b));
  await page.click(`${head} button`);
  assert.equal(await page.getAttribute(head, 'aria-sort'), 'descending');
  assert.deepEqual((await allOf(page, at)).map(number), [...up].reverse());
  await page.click('#table-table th[data-column=name] button');
  const sorted = await allOf(page, 0);
  assert.deepEqual(sorted.slice(0, 2), ['KCN Bá Thiện', 'KCN Bá Thiện II']);
  assert.equal(sorted.at(-1), 'KCN Vĩnh Tường');
  assert.ok(sorted.indexOf('KCN Đồng Sóc') < sorted.indexOf('KCN Kim Hoa'), 'đ stands before k');
}

/* A table that shows some bands and not others would say something else. */
async function showsAllBands(page)
{
  const inData = await page.evaluate(() => {
    const { layers } = JSON.parse(document.getElementById('data').textContent);
    return layers.find((layer) => layer.name === 'zones').columns.map((one) => one.name)
      .filter((name) => name.startsWith('pct_'));
  });
  const shown = await page.$$eval('#table-table th[data-column^=pct_]', (all) => (
    all.map((cell) => cell.dataset.column)));
  assert.ok(inData.length > 2);
  assert.deepEqual(shown, inData);
}

async function speaks(page)
{
  await speak(page, 'vi');
  assert.equal(await page.getAttribute('html', 'lang'), 'vi');
  assert.equal(await page.getAttribute('#languages [lang=vi]', 'aria-pressed'), 'true');
  assert.equal((await page.textContent('#legend h2')).trim(), 'Chú giải');
  const at = await page.$eval('#table-table th[data-column=area_ha]', (cell) => cell.cellIndex);
  assert.match((await column(page, at))[0], /^\d{1,3}(\.\d{3})*,\d\d$/);
  await speak(page, 'en');
  assert.equal((await page.textContent('#legend h2')).trim(), 'Legend');
  assert.match((await column(page, at))[0], /^\d{1,3}(,\d{3})*\.\d\d$/);
}

await withPage(file, WIDE, async (page) => {
  await speak(page, 'en');
  await searches(page);
  await showsAllBands(page);
  await filters(page);
  await sorts(page);
  await speaks(page);
});
