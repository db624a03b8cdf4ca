/* usage: opens.mjs PAGE LANGUAGE NAME=FEATURES…: the page opens from a file with nothing asked for
 * and nothing said, and draws that many features of each layer. */
import assert from 'node:assert/strict';
import { NARROW, WIDE, withPage } from './browser.mjs';

const [file, language, ...layers] = process.argv.slice(2);

/* Features of a layer that have a path in the map's own picture, and what the legend says. */
const drawn = (page, name) => page.evaluate((wanted) => {
  const entry = [...document.querySelectorAll('.legend-layer')]
    .find((one) => one.querySelector('.legend-name').textContent === wanted);
  const paths = () => document.querySelectorAll('.leaflet-overlay-pane path').length;
  const before = paths();
  entry.querySelector('input').click();
  const hidden = before - paths();
  entry.querySelector('input').click();
  return { said: Number(entry.querySelector('.legend-head .number').textContent), hidden };
}, name);

for (const viewport of [WIDE, NARROW]) {
  await withPage(file, viewport, async (page) => {
    assert.equal(await page.getAttribute('html', 'lang'), language);
    assert.notEqual(await page.title(), '');
    for (const layer of layers) {
      const [name, n] = layer.split('=');
      assert.deepEqual(await drawn(page, name), { said: Number(n), hidden: Number(n) }, name);
    }
  });
}
