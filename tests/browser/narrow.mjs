/* usage: narrow.mjs PAGE: on a phone nothing is cut, in either language: nothing scrolls sideways,
 * and whatever can be seen ends within the window. The map's own picture is cut by its frame, as
 * it must be; names on it are not. */
import assert from 'node:assert/strict';
import { NARROW, speak, withPage } from './browser.mjs';

const file = process.argv[2];

const beyond = (page) => page.evaluate(() => {
  const isUnseen = (element) => element.closest('.unseen, .skip, .leaflet-overlay-pane, .leaflet-selection-pane, [hidden]');
  const all = [...document.body.querySelectorAll('*')].filter((one) => !isUnseen(one));
  const found = all.filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5);
  });
  const clipped = all.filter((one) => one.matches('h1, h2, h3, p, dt, dd, label, button, .share-name, .figure')
    && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline');
  return [...found, ...clipped].map((one) => one.outerHTML.slice(0, 120));
});

const sideways = (page) => page.evaluate(() => (
  [...document.querySelectorAll('html, body, main, main *')].filter((one) => (
    one.scrollWidth > one.clientWidth + 1 && /auto|scroll|visible/.test(getComputedStyle(one).overflowX)
    && one.clientWidth > 0 && !one.closest('#map') && getComputedStyle(one).display !== 'inline'))
    .map((one) => one.outerHTML.slice(0, 120))));

await withPage(file, NARROW, async (page) => {
  for (const language of ['vi', 'en']) {
    await speak(page, language);
    assert.deepEqual(await beyond(page), [], language);
    assert.deepEqual(await sideways(page), [], language);
    await page.locator('tr[data-place="1"]').click();
    assert.deepEqual(await beyond(page), [], `${language}, with a pop-up`);
    await page.keyboard.press('Escape');
    const order = await page.evaluate(() => ['#map', '#legend', '#card-area', '#table', '#notes']
      .map((one) => document.querySelector(one).getBoundingClientRect().top));
    assert.deepEqual(order, [...order].sort((a, b) => a - b), 'map, legend, cards, table, notes');
  }
});
