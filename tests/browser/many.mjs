/* usage: many.mjs PAGE N: with N zones the page stays small: few elements, whatever is scrolled to,
 * sought or chosen. Where not all are drawn it says so, and the figures are those of all. */
import assert from 'node:assert/strict';
import { WIDE, search, shownRows, speak, withPage } from './browser.mjs';

const [file, n] = [process.argv[2], Number(process.argv[3])];
const DRAWN_MOST = 20000;
const elements = (page) => page.evaluate(() => document.querySelectorAll('*').length);
const MOST = 2500;

/* The last row that is an element: the place it has in the order. */
const lastPlace = (page) => page.$$eval('tr[data-place]', (all) => Number(all.at(-1).dataset.place));

await withPage(file, WIDE, async (page) => {
  const drawn = await page.evaluate(() => (
    JSON.parse(document.getElementById('data').textContent).layers[0].rows.length));
  assert.ok(drawn === n || (n > DRAWN_MOST && drawn <= DRAWN_MOST && drawn >= n / 4), `${drawn} are drawn`);
  await speak(page, 'en');
  assert.equal(await shownRows(page), drawn);
  assert.ok(await elements(page) < MOST);
  await page.locator('#table-scroller').evaluate((box) => { box.scrollTop = box.scrollHeight; });
  await page.waitForFunction((last) => document.querySelector(`tr[data-place="${last}"]`), drawn - 1);
  assert.equal(await lastPlace(page), drawn - 1);
  await page.locator(`tr[data-place="${drawn - 1}"]`).click();
  assert.equal(await page.locator('path.selected').count(), 1);
  assert.ok(await elements(page) < MOST);
  const name = await page.textContent('tr[aria-selected=true] th bdi');
  await search(page, name, 1);
  await page.click('[data-key=wholeMap]');
  assert.ok(await elements(page) < MOST);
  await search(page, '', drawn);
  await page.click('#table-table th[data-column=area_ha] button');
  assert.ok(await elements(page) < MOST);
  if (drawn !== n) {
    const said = (text) => Number(text.replace(/,/g, ''));
    const hint = await page.textContent('.legend-layer .hint');
    assert.deepEqual(hint.match(/[\d,]+/g).map(said), [drawn, n]);
    const rows = await page.textContent('#table-status');
    assert.deepEqual(rows.match(/[\d,]+/g).map(said), [drawn, n - drawn]);
    assert.equal(said(await page.textContent('#card-area .total data')), n);
  }
});
