/* usage: policy.mjs PAGE TILED: the page's policy lets in neither a script nor a style nor a request
 * that it did not come with; with tiles, what is asked for is tiles of the one server. */
import assert from 'node:assert/strict';
import { WIDE, withPage } from './browser.mjs';

const [file, tiled] = process.argv.slice(2);

async function attempts(page, heard)
{
  const isLet = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.hacked = true';
    document.body.append(script);
    const box = document.createElement('div');
    box.innerHTML = '<p style="color: rgb(1, 2, 3)">x</p>';
    document.body.append(box);
    const image = new Image();
    const isAnswered = await new Promise((done) => {
      image.onload = () => done(true);
      image.onerror = () => done(false);
      image.src = 'https://geo.invalid/x.png';
    });
    const isFetched = await fetch('https://geo.invalid/').then(() => true, () => false);
    return [window.hacked === true, getComputedStyle(box.firstChild).color === 'rgb(1, 2, 3)',
            isAnswered, isFetched];
  });
  assert.deepEqual(isLet, [false, false, false, false]);
  const refused = heard.filter((line) => line.startsWith('console error'));
  assert.equal(refused.filter((line) => /Content Security Policy/.test(line)).length, refused.length);
  assert.ok(refused.length >= 4, refused.join('\n'));
  heard.splice(0, heard.length, heard[0]); /* these were ours */
}

await withPage(file, WIDE, attempts);

const tiles = /^https:\/\/tiles\.geo\.invalid\/\d+\/\d+\/\d+\.png$/;
await withPage(tiled, WIDE, async (page, heard) => {
  await page.waitForFunction(() => document.querySelector('.leaflet-tile') !== null);
  assert.ok(heard.some((line) => tiles.test(line.replace(/^request /, ''))));
  assert.equal(await page.textContent('.credit'), '© <b>Someone</b>');
}, { allowed: tiles });
