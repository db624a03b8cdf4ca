/* A page of geo-map in Debian's Chromium, as a reader opens it: from a file, with a new profile.
 * Whatever the page asks for or says to the console is kept: a test ends well only if that is
 * nothing. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const WIDE = { width: 1400, height: 900 };
const NARROW = { width: 390, height: 844 };
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
               '--disable-component-update', '--disable-sync'];

function listen(context, page, heard)
{
  context.on('request', (request) => heard.push(`request ${request.url()}`));
  page.on('console', (message) => heard.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`error ${error.stack}`));
  page.on('dialog', (dialog) => { heard.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
}

/* Opens the file and calls act(page, heard) once the map is drawn. Requests to `allowed` are
 * answered with nothing and not held against the page. isStill: for readers who want no motion. */
async function withPage(file, viewport, act, { allowed = null, isStill = false } = {})
{
  const profile = mkdtempSync(join(tmpdir(), 'geo-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium', headless: true, args: FLAGS, viewport,
    hasTouch: viewport === NARROW, reducedMotion: isStill ? 'reduce' : 'no-preference' });
  try {
    const page = context.pages()[0] || await context.newPage();
    const heard = [];
    const address = pathToFileURL(resolve(file)).href;
    listen(context, page, heard);
    if (allowed) {
      await context.route(allowed, (route) => route.fulfill({ status: 204, body: '' }));
    }
    await page.goto(address);
    await page.waitForSelector('html.is-ready');
    await act(page, heard);
    const others = heard.filter((line) => line !== `request ${address}`
      && !(allowed && allowed.test(line.replace(/^request /, ''))));
    assert.deepEqual(others, [], 'no request and no message');
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

const texts = (page, selector) => page.locator(selector).allTextContents();

/* Chooses a language by its button. */
async function speak(page, language)
{
  await page.click(`#languages button[lang=${language}]`);
}

/* Rows that the table says it shows. */
const shownRows = async (page) => (
  Number(await page.getAttribute('#table-table', 'aria-rowcount')) - 1);

/* Types into the search and waits until the table has answered. */
async function search(page, text, rows)
{
  await page.fill('#table-search', text);
  await page.waitForFunction((n) => (
    Number(document.querySelector('#table-table').getAttribute('aria-rowcount')) === n + 1), rows);
}

export { NARROW, WIDE, search, shownRows, speak, texts, withPage };
