import { openApp } from './lib/app.mjs';
import fs from 'node:fs';
const out = process.argv[2]; fs.mkdirSync(out, { recursive: true });
const [w, h, theme, contrast] = (process.argv[3] ?? '1366,768,light').split(',');
const app = await openApp({ viewport: { width: +w, height: +h }, theme, contrast });
const shot = async n => { await app.page.waitForTimeout(700); await app.page.screenshot({ path: `${out}/${n}.png` }); };
await shot('01-start');
const file = process.argv[4] ?? '/work/wt/lead/src/app/samples/' + fs.readdirSync('/work/wt/lead/src/app/samples').find(f => /trust|hospital/.test(f) && /json/.test(f));
await app.thenPainted(() => app.dropFile(file));
await shot('02-map');
for (const [n, name] of [['03-deps','Dependencies'],['04-list','List'],['05-table','Table'],['06-risk','Risk']]) {
  await app.page.locator('.stage').getByRole('tab', { name, exact: true }).click(); await shot(n);
}
const pages = await app.page.locator('.stage [role=tab], .stage nav button, .stage [role=tablist] button').allInnerTexts();
console.log(pages.join('|'));
await app.close();
