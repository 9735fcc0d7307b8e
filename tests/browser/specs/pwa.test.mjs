// The hosted app without a network, and new versions of it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { openApp } from '../lib/app.mjs';
import { clickAt, menu, openTeaShop } from '../lib/map.mjs';
import { siteFolder } from '../lib/site.mjs';

const TIME = { timeout: 120_000 };

// A copy of the site, which the test may change. A host in a folder, as most are.
async function hosted(work) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'portolan-pwa-'));
  fs.cpSync(siteFolder(), folder, { recursive: true });
  const app = await openApp({ site: folder, under: '/tools/map/', offline: true });
  try {
    await work(app, folder);
    app.check();
  } finally {
    await app.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const controlled = app => app.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
const caches = app => app.page.evaluate(async () => {
  const all = {};
  for (const name of await window.caches.keys()) all[name] = (await (await window.caches.open(name)).keys()).map(it => new URL(it.url).pathname);
  return all;
});

async function until(holds) {
  const end = Date.now() + 30_000;
  while (!await holds()) {
    assert.ok(Date.now() < end, `not so after 30 s: ${holds}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

// Another build in effect: a file changes, and with it the worker's version.
function publish(folder, version) {
  const worker = path.join(folder, 'service-worker.js');
  fs.writeFileSync(worker, fs.readFileSync(worker, 'utf8').replace(/const VERSION = '[^']*'/, `const VERSION = '${version}'`));
  const page = path.join(folder, 'index.html');
  fs.writeFileSync(page, fs.readFileSync(page, 'utf8').replace(/<html lang="en-GB"[^>]*>/, `<html lang="en-GB" data-build="${version}">`));
}

test('the second start needs no network, and sending works there too', TIME, async () => {
  await hosted(async app => {
    await controlled(app);
    await until(() => app.page.evaluate(() => window.caches.match('./portolan.html').then(Boolean)));
    await app.server.close();
    app.ignore.push(/service-worker|ERR_CONNECTION_REFUSED/);
    for (const query of ['', '?from=somewhere', 'index.html']) {
      await app.page.goto(app.server.url + query);
      await app.started();
    }
    await openTeaShop(app);
    await menu(app, 'File', /^Send to someone/);
    await app.page.getByText(/The file will have/).waitFor();
    const sent = await app.download(() => app.page.getByRole('button', { name: 'Download the HTML file' }).click());
    assert.ok(sent.text.includes('id="portolan-map"'));
  });
});

test('every file of the build is kept, and what an older build kept is gone', TIME, async () => {
  await hosted(async (app, folder) => {
    await controlled(app);
    const first = Object.keys(await caches(app));
    assert.equal(first.length, 1);
    // Somebody else's cache on the same host stays.
    await app.page.evaluate(() => window.caches.open('portolan http://elsewhere/ 1'));
    publish(folder, 'two');
    await app.page.evaluate(() => navigator.serviceWorker.ready.then(it => it.update()));
    await app.page.getByRole('region', { name: 'New version' }).waitFor();
    await app.page.getByRole('button', { name: 'Load the new version' }).click();
    await app.page.waitForFunction(() => document.documentElement.dataset.build === 'two');
    await app.started();
    await until(async () => !Object.keys(await caches(app)).includes(first[0]));
    const now = await caches(app);
    assert.equal(Object.keys(now).length, 2);
    const kept = Object.entries(now).find(([name]) => name.endsWith(' two'))[1];
    const files = fs.readdirSync(folder).filter(it => !['index.html', 'service-worker.js', 'portolan.html'].includes(it)).map(it => `/tools/map/${it}`);
    for (const file of [...files, '/tools/map/']) assert.ok(kept.includes(file), file);
  });
});

test('a new version waits until it is asked for, and loses no work', TIME, async () => {
  await hosted(async (app, folder) => {
    await controlled(app);
    await openTeaShop(app);
    await clickAt(app, 0.35, 0.43);
    await app.page.waitForSelector('#component-name');
    await app.page.locator('#map').focus();
    await app.page.keyboard.press('Delete');
    await app.page.waitForFunction(() => document.querySelector('#map').dataset.components === '6');
    publish(folder, 'two');
    await app.page.evaluate(() => navigator.serviceWorker.ready.then(it => it.update()));
    const notice = app.page.getByRole('region', { name: 'New version' });
    await notice.waitFor();
    assert.match(await notice.innerText(), /A new version of Portolan is ready/);
    await app.page.waitForTimeout(500);
    assert.equal(await app.page.evaluate(() => document.documentElement.dataset.build ?? 'old'), 'old', 'nothing is reloaded by itself');
    await notice.getByRole('button', { name: 'Load the new version' }).click();
    // There are changes in no file: the person is asked, and may stay.
    await app.page.getByRole('dialog').getByRole('button', { name: 'Stay here' }).click();
    assert.equal((await app.mapState()).components, 6);
    await notice.getByRole('button', { name: 'Load the new version' }).click();
    await app.page.getByRole('dialog').getByRole('button', { name: 'Go on without saving' }).click();
    await app.page.waitForFunction(() => document.documentElement.dataset.build === 'two');
    await app.started();
    await app.page.locator('.banner button').filter({ hasText: /^(Open|Recover|Restore|Bring)/ }).first().click();
    await app.page.waitForFunction(() => document.querySelector('#map').dataset.components === '6');
  });
});

test('it can be installed, with the files it opens', TIME, async () => {
  const app = await openApp();
  try {
    const cdp = await app.context.newCDPSession(app.page);
    const { errors, data } = await cdp.send('Page.getAppManifest');
    assert.deepEqual(errors, []);
    const manifest = JSON.parse(data);
    assert.equal(manifest.display, 'standalone');
    const endings = manifest.file_handlers.flatMap(it => Object.values(it.accept)).flat();
    assert.deepEqual(endings.sort(), ['.csv', '.json', '.mmd', '.owm', '.wm']);
    for (const { src, sizes } of manifest.icons) {
      const response = await app.page.request.get(new URL(src, app.server.url).href);
      assert.equal(response.status(), 200, src);
      if (src.endsWith('.png')) assert.equal(`${(await response.body()).readUInt32BE(16)}x${(await response.body()).readUInt32BE(20)}`, sizes);
    }
    assert.ok(manifest.icons.some(it => it.purpose === 'maskable'));
    app.check();
  } finally {
    await app.close();
  }
});
