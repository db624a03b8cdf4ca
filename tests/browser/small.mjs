/* usage: small.mjs PAGE…: pages of a single feature: its row is there, selects it and shows it. */
import assert from 'node:assert/strict';
import { NARROW, WIDE, shownRows, speak, texts, withPage } from './browser.mjs';

async function selects(page)
{
  assert.equal(await shownRows(page), 1);
  for (const language of ['vi', 'en']) {
    await speak(page, language);
    assert.deepEqual((await texts(page, 'h2')).filter((text) => text.trim() === ''), []);
    await page.locator('tr[data-place="0"]').click();
    const [shape, map] = [await page.locator('path.selected').boundingBox(),
                          await page.locator('#map').boundingBox()];
    assert.ok(shape.x < map.x + map.width && shape.x + shape.width > map.x, 'the shape is in view');
    assert.equal(await page.locator('.popup-title').count(), 1);
    await page.keyboard.press('Escape');
  }
}

for (const file of process.argv.slice(2)) {
  for (const viewport of [WIDE, NARROW]) {
    await withPage(file, viewport, selects, { isStill: true });
  }
}
