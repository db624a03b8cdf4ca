/* usage: hostile.mjs PAGE TEXTS: texts of the data (a file of JSON, an array) that would act as
 * markup or script are shown as they are, everywhere, and do nothing. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { NARROW, WIDE, search, speak, texts, withPage } from './browser.mjs';

const [file, list] = process.argv.slice(2);
const hostile = JSON.parse(readFileSync(list, 'utf8'));

/* Elements that only the data can have brought, and what a script of theirs would have left. */
const traces = (page) => page.evaluate(() => ({
  elements: document.querySelectorAll('body img, iframe, object, embed, body a[href^="javascript"], [onerror], [onload], [onclick]').length,
  scripts: document.querySelectorAll('script').length,
  styled: document.querySelectorAll('[style*="url("]').length,
  left: 'hacked' in window
}));

for (const viewport of [WIDE, NARROW]) {
  await withPage(file, viewport, async (page) => {
    assert.ok((await page.title()).includes(hostile[0]));
    assert.ok((await page.textContent('h1')).includes(hostile[0]));
    for (const language of ['vi', 'en']) {
      await speak(page, language);
      const names = await texts(page, '#table-table tbody th bdi');
      hostile.forEach((text, i) => assert.equal(names[i], text));
      for (let place = 0; place < hostile.length; place++) {
        await page.locator(`tr[data-place="${place}"]`).click({ position: { x: 60, y: 12 } });
        const shown = await page.locator('.popup').last().locator('dd').allTextContents();
        assert.ok(shown.includes(hostile[place]), `the pop-up says ${hostile[place].slice(0, 40)}`);
        await page.keyboard.press('Escape');
      }
    }
    await page.selectOption('#table-layer', { index: 0 });
    await search(page, '<img', 1);
    assert.deepEqual(await traces(page), { elements: 0, scripts: 3, styled: 0, left: false });
  }, { isStill: true });
}
