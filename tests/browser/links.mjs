/* usage: links.mjs PAGE: a row selects its shape and a shape its row, by mouse and by keyboard. */
import assert from 'node:assert/strict';
import { NARROW, WIDE, texts, withPage } from './browser.mjs';

const file = process.argv[2];
const selectedRow = '#table-table tr[aria-selected=true]';
const title = async (page) => (await page.locator('.popup-title').last().textContent()).trim();
const nameOf = (page, row) => page.textContent(`${row} th bdi`);

/* The middle of the shape that is selected, on the screen, once the map has come to rest. */
async function middle(page)
{
  const look = () => page.evaluate(() => {
    const box = document.querySelector('path.selected').getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  });
  for (let before = [], now = await look(); ; before = now, now = await look()) {
    if (now.join() === before.join()) {
      return now;
    }
    await page.waitForTimeout(150);
  }
}

async function isInView(page)
{
  const [x, y] = await middle(page);
  const map = await page.locator('#map').boundingBox();
  return x > map.x && x < map.x + map.width && y > map.y && y < map.y + map.height;
}

async function rowSelectsShape(page)
{
  const isInWindow = () => page.locator('#map').evaluate((map) => {
    const { top, bottom } = map.getBoundingClientRect();
    return bottom > innerHeight / 4 && top < innerHeight * 3 / 4;
  });
  for (const place of [4, 1]) {
    const row = `tr[data-place="${place}"]`;
    await page.locator(row).click();
    assert.equal(await title(page), await nameOf(page, row));
    assert.equal(await page.locator('path.selected').count(), 1);
    assert.equal(await isInView(page), true);
    await page.waitForTimeout(600); /* on a phone the page scrolls up to the map */
    assert.equal(await isInWindow(), true);
    assert.equal(await page.locator(selectedRow).count(), 1);
  }
  assert.ok((await texts(page, '.attributes dt')).length > 3);
}

/* A row brings its shape into view; with nothing selected and the table elsewhere, a click on that
 * shape brings the row back. */
async function shapeSelectsRow(page)
{
  for (const place of [0, 7, 12]) {
    const row = `tr[data-place="${place}"]`;
    await page.locator('#table-scroller').evaluate((box) => { box.scrollTop = 0; });
    await page.locator(row).scrollIntoViewIfNeeded();
    const name = await nameOf(page, row);
    await page.locator(row).click();
    const [x, y] = await middle(page);
    await page.keyboard.press('Escape');
    await page.waitForSelector('.leaflet-popup', { state: 'detached' });
    assert.equal(await page.locator(selectedRow).count(), 0);
    await page.locator('#table-scroller').evaluate((box) => { box.scrollTop = box.scrollHeight; });
    await page.mouse.click(x, y);
    assert.equal(await title(page), name);
    assert.equal(await nameOf(page, selectedRow), name);
    await isSeen(page, selectedRow);
  }
}

/* Whether a row is within what the table shows. */
async function isSeen(page, row)
{
  const isWithin = await page.locator(row).evaluate((one) => {
    const [seen, box] = [one.closest('#table-scroller').getBoundingClientRect(), one.getBoundingClientRect()];
    return box.top >= seen.top - 1 && box.bottom <= seen.bottom + 1;
  });
  assert.ok(isWithin, `${row} is seen`);
}

async function keysSelect(page)
{
  await page.locator('#table-scroller').evaluate((box) => { box.scrollTop = 0; });
  await page.locator('tr[data-place="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.equal(await title(page), await nameOf(page, 'tr[data-place="2"]'));
  await page.keyboard.press('Escape');
  await page.waitForSelector('.leaflet-popup', { state: 'detached' });
  assert.equal(await page.locator('path.selected').count(), 0);
  assert.equal(await page.locator(selectedRow).count(), 0);
  await page.keyboard.press('End');
  await page.waitForTimeout(200); /* for the table to answer its scrolling */
  const last = await page.getAttribute('tr:focus', 'aria-rowindex', { timeout: 2000 });
  assert.equal(last, await page.getAttribute('#table-table', 'aria-rowcount'));
  await isSeen(page, 'tr:focus');
}

/* A shape of a layer that the table does not show: the table goes over to that layer. */
async function tableFollows(page)
{
  const other = await page.locator('#table-layer option').last().getAttribute('value');
  await page.selectOption('#table-layer', other);
  const name = await nameOf(page, 'tr[data-place="0"]');
  await page.locator('tr[data-place="0"]').click();
  const [x, y] = await middle(page);
  await page.keyboard.press('Escape');
  await page.waitForSelector('.leaflet-popup', { state: 'detached' });
  await page.selectOption('#table-layer', { index: 0 });
  await page.mouse.click(x, y);
  assert.equal(await page.inputValue('#table-layer'), other);
  assert.equal(await nameOf(page, selectedRow), name);
}

await withPage(file, WIDE, async (page) => {
  await rowSelectsShape(page);
  await shapeSelectsRow(page);
  await keysSelect(page);
  await tableFollows(page);
});
await withPage(file, NARROW, async (page) => {
  await rowSelectsShape(page);
  await keysSelect(page);
});
