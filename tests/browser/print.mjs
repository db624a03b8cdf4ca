/* usage: print.mjs PAGE OUT.pdf: prints the page as a reader would. */
import { WIDE, withPage } from './browser.mjs';

const [file, out] = process.argv.slice(2);

await withPage(file, WIDE, async (page) => {
  await page.pdf({ path: out, preferCSSPageSize: true, printBackground: true });
}, { isStill: true });
