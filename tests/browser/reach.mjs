/* usage: reach.mjs PAGE: axe finds no violation, in both languages and at both widths, with and
 * without a pop-up. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { NARROW, WIDE, speak, withPage } from './browser.mjs';

const file = process.argv[2];
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page)
{
  const { violations: found, passes } = await page.evaluate(() => window.axe.run(document));
  assert.ok(passes.length > 20, 'axe has looked at the page');
  return found.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map((node) => node.html.slice(0, 160))]);
}

for (const viewport of [WIDE, NARROW]) {
  await withPage(file, viewport, async (page) => {
    await page.evaluate(source); /* by the debugger: the page's own policy would not let it in */
    for (const language of ['vi', 'en']) {
      await speak(page, language);
      assert.deepEqual(await violations(page), [], `${language}, ${viewport.width}`);
      await page.locator('tr[data-place="0"]').click();
      assert.deepEqual(await violations(page), [], `${language}, ${viewport.width}, with a pop-up`);
      await page.keyboard.press('Escape');
      await page.waitForSelector('.leaflet-popup', { state: 'detached' });
    }
  }, { isStill: true }); /* half-way in, a pop-up is too pale */
}
