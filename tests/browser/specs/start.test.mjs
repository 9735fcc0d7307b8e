// The page starts by itself, from any folder of any host, and talks to nobody.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appTest } from '../lib/app.mjs';
import { serve, siteFolder } from '../lib/site.mjs';
import { assertAccessible } from '../lib/accessibility.mjs';

appTest('starts without a complaint and shows its heading', async app => {
  assert.ok(await app.page.getByRole('heading', { level: 1 }).first().isVisible());
  await app.page.waitForTimeout(500);
});

appTest('asks only for its own files, and for nothing twice', async app => {
  await app.page.waitForTimeout(1000);
  const paths = app.server.log.map(it => it.path);
  assert.ok(paths.some(it => it.endsWith('.wasm')), paths.join(' '));
  assert.deepEqual([...new Set(paths)].sort(), [...paths].sort(), 'a file was fetched twice');
});

appTest('works in a sub-folder of a host', { under: '/some/deep%20folder/', compress: true }, async app => {
  assert.ok(await app.page.getByRole('heading', { level: 1 }).first().isVisible());
});

// A script from the site itself, so that the policy holds for it: what the driver evaluates is
// exempt from it.
const PROBE = `
  const script = document.createElement('script');
  script.textContent = 'window.inlineRan = true';
  document.head.append(script);
  const button = document.createElement('b');
  button.setAttribute('onclick', 'window.handlerRan = true');
  document.body.append(button);
  button.click();
  button.remove();
  let evaluated = true;
  try { new Function('return 1')(); } catch { evaluated = false; }
  fetch('http://localhost:9/').then(() => true, () => false).then(fetched => {
    window.outcome = { inline: 'inlineRan' in window, handler: 'handlerRan' in window, evaluated, fetched };
  });
`;

appTest('its policy refuses inline scripts, evaluated code and other hosts', { ignore: [/./] }, async app => {
  app.check();
  await app.page.route('**/probe.js', route => route.fulfill({ contentType: 'text/javascript', body: PROBE }));
  await app.page.evaluate(() => {
    const probe = document.createElement('script');
    probe.src = './probe.js';
    document.head.append(probe);
  });
  const outcome = await app.page.waitForFunction(() => window.outcome).then(it => it.jsonValue());
  assert.deepEqual(outcome, { inline: false, handler: false, evaluated: false, fetched: false });
  const refused = app.complaints.filter(it => /Content Security Policy/.test(it));
  assert.ok(refused.some(it => it.includes('localhost:9')), `the policy must be what refused it: ${app.complaints.join('\n')}`);
});

test('all names in the page are relative', async () => {
  const server = await serve(siteFolder());
  try {
    const html = await (await fetch(server.url)).text();
    for (const [, address] of html.matchAll(/(?:href|src)="([^"]*)"/g)) assert.match(address, /^\.\//, address);
    assert.match(html, /Content-Security-Policy/);
    assert.doesNotMatch(html, /unsafe-inline|data-trunk/);
  } finally {
    await server.close();
  }
});

appTest('has no automatic accessibility finding on the first screen', async app => {
  await assertAccessible(app.page);
});
