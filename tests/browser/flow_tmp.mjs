import path from 'node:path';
const { openApp } = await import('/work/wt/scene/tests/browser/lib/app.mjs');
const [out, w, h, theme, file, ...steps] = process.argv.slice(2);
const app = await openApp({ viewport: { width: +w, height: +h }, theme: theme === 'light' ? undefined : theme });
if (file !== '-') await app.thenPainted(() => app.dropFile(file));
await app.page.waitForTimeout(500);
let n = 0;
for (const s of steps) {
  const [kind, ...rest] = s.split(':'); const arg = rest.join(':');
  try {
  if (kind === 'tab') await app.page.getByRole('tab', { name: arg }).first().click({ timeout: 3000 });
  else if (kind === 'btn') await app.page.getByRole('button', { name: arg }).first().click({ timeout: 3000 });
  else if (kind === 'item') await app.page.getByRole('menuitem', { name: arg }).first().click({ timeout: 3000 });
  else if (kind === 'key') await app.page.keyboard.press(arg);
  else if (kind === 'type') await app.page.keyboard.type(arg);
  else if (kind === 'text') await app.page.getByText(arg).first().click({ timeout: 3000 });
  else if (kind === 'click') { const [x, y] = arg.split(',').map(Number); await app.page.mouse.click(x, y); }
  else if (kind === 'wait') await app.page.waitForTimeout(+arg);
  else if (kind === 'shot') { await app.page.waitForTimeout(400); await app.page.screenshot({ path: path.join(out, arg + '.png') }); }
  else if (kind === 'roles') console.log(await app.page.locator('body').ariaSnapshot());
  } catch (e) { console.log('FAILED', s, e.message.split('\n')[0]); }
}
console.log(app.complaints);
await app.close();
