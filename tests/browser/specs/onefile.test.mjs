// The app as one page, started from the disk, and maps sent in it: nothing is asked for, nothing is lost, and without
// scripts it is still a document.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { openApp } from '../lib/app.mjs';
import { dropFile, FilePage } from '../lib/file-page.mjs';
import { Firefox, firefoxPath } from '../lib/firefox.mjs';
import { clickAt, menu, openTeaShop, TEA_SHOP } from '../lib/map.mjs';
import { siteFolder } from '../lib/site.mjs';

const APP = path.join(siteFolder(), 'portolan.html');
const ROOT = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../../..');
const ESTATE = fs.readFileSync(path.join(ROOT, 'src/app/samples/hospital-estate.map.json'), 'utf8');
const TIME = { timeout: 120_000 };

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'portolan-onefile-'));
after(() => fs.rmSync(scratch, { recursive: true, force: true }));

async function withPage(file, options, work) {
  const it = await FilePage.open(file, options);
  try {
    await work(it);
  } finally {
    await it.close();
  }
}

// Opens the dialog of sending by the palette and downloads the page.
async function send(page, { notes = true, facts = true } = {}) {
  await page.page.keyboard.press('Control+k');
  await page.page.keyboard.type('send to someone');
  await page.page.keyboard.press('Enter');
  return downloadPage(page, { notes, facts });
}

async function downloadPage(page, { notes = true, facts = true } = {}) {
  const size = page.page.locator('#send-size');
  await page.page.waitForFunction(() => /[KM]B/.test(document.querySelector('#send-size')?.textContent ?? ''));
  if (!notes) await page.page.getByLabel('Descriptions, notes and remarks').uncheck();
  if (!facts) await page.page.getByLabel(/Facts about risk/).uncheck();
  assert.match(await size.innerText(), /The file will have/);
  return page.download(() => page.page.getByRole('button', { name: 'Download the HTML file' }).click());
}

// The hospital, sent from the app as one page; made once.
let sentFile;
async function sentEstate() {
  if (!sentFile) {
    await withPage(APP, {}, async it => {
      await it.started();
      await it.drop('estate.map.json', ESTATE, 39);
      const { text, name } = await send(it);
      sentFile = path.join(scratch, name);
      fs.writeFileSync(sentFile, text);
      await it.check();
    });
  }
  return sentFile;
}

const mapIn = text => JSON.parse(/id="portolan-map">(.*?)<\/script>/s.exec(text)[1]);
const withoutMap = text => text.replace(/<title>.*?<\/title>/s, '<title>Portolan</title>')
  .replace(/<main id="handout">.*<\/main>\n/s, '<!--portolan:page-->')
  .replace(/<script type="application\/json" id="portolan-map">.*?<\/script>/s, '<!--portolan:map-->');

test('the app starts from the disk, edits, saves and recovers, and asks for nothing', TIME, async () => {
  await withPage(APP, {}, async it => {
    await it.started();
    await it.drop('tea.owm', TEA_SHOP, 7);
    await it.page.locator('#map').focus();
    await it.page.evaluate(() => { delete window.showSaveFilePicker; });
    const saved = await it.download(() => it.page.keyboard.press('Control+s'));
    assert.match(saved.name, /^Tea-Shop_.*\.map\.json$/);
    assert.equal(JSON.parse(saved.text).format !== undefined, true);
    await clickAt({ page: it.page, frames: () => {} }, 0.35, 0.43);
    await it.page.waitForSelector('#component-name');
    await it.page.keyboard.press('Delete');
    await it.page.waitForFunction(() => document.querySelector('#map').dataset.components === '6');
    await it.page.waitForFunction(() => /only in this browser/.test(document.querySelector('#save-state').textContent));
    it.page.on('dialog', dialog => dialog.accept());
    await it.page.reload();
    await it.started();
    await it.page.locator('.banner button').filter({ hasText: /^(Open|Recover|Restore|Bring)/ }).first().click();
    await it.page.waitForFunction(() => document.querySelector('#map').dataset.components === '6');
    await it.check();
  });
});

test('with scripts off the map, the risks and all components are there to read and to print', TIME, async () => {
  const file = await sentEstate();
  await withPage(file, { javaScriptEnabled: false }, async it => {
    assert.equal(await it.page.title(), 'Meresby General Hospital');
    assert.ok(await it.page.getByRole('heading', { level: 1, name: 'Meresby General Hospital' }).isVisible());
    const map = it.page.locator('#handout svg');
    assert.ok((await map.boundingBox()).width > 900);
    for (const name of ['Laboratory system', 'Patient record', 'Generator']) assert.ok(await map.getByText(name, { exact: true }).first().isVisible(), name);
    const risks = it.page.locator('#handout section').filter({ has: it.page.getByRole('heading', { name: /greatest risks/ }) });
    assert.equal(await risks.locator('ol > li').count(), 10);
    assert.match(await risks.locator('ol > li').first().innerText(), /is red: .* of 30/);
    const rows = it.page.getByRole('table').locator('tbody tr');
    assert.equal(await rows.count(), mapIn(fs.readFileSync(file, 'utf8')).components?.length ?? 39);
    assert.match(await rows.first().innerText(), /Server room A/);
    assert.ok(await it.page.getByText('This file is a Wardley map').isVisible());
    assert.ok(!await it.page.getByText('needs JavaScript').isVisible());
    // It scrolls although the app's page does not.
    await rows.last().scrollIntoViewIfNeeded();
    assert.ok(await rows.last().isVisible());
    const pdf = (await it.page.pdf({ format: 'A4' })).toString('latin1');
    assert.ok((pdf.match(/\/Type\s*\/Page\b/g) ?? []).length >= 3, 'it prints over several pages');
    await it.check({ scripts: false });
  });
});

test('with scripts on the sent map is the app: changed, saved as such a page and as a map file', TIME, async () => {
  const file = await sentEstate();
  await withPage(file, {}, async it => {
    await it.started(39);
    assert.equal(await it.page.locator('#handout').count(), 0);
    assert.equal(await it.page.locator('#map-title').inputValue().catch(() => it.page.locator('#map-title').innerText()), 'Meresby General Hospital');
    await it.page.locator('#map').focus();
    await it.page.keyboard.press('n');
    await it.page.keyboard.type('Added by the reader');
    await it.page.keyboard.press('Enter');
    await it.page.waitForFunction(() => document.querySelector('#map').dataset.components === '40');
    await it.page.keyboard.press('Escape');
    // Saving is a choice between two: such a page, or a map file.
    await it.page.keyboard.press('Control+s');
    const page = await downloadPage(it);
    assert.match(page.name, /\.map\.html$/);
    assert.ok(page.text.includes('Added by the reader'));
    await it.page.waitForFunction(() => /Saved to file/.test(document.querySelector('#save-state').textContent));
    assert.equal(withoutMap(page.text), fs.readFileSync(APP, 'utf8'), 'the page made anew is the page of the build');
    await it.page.evaluate(() => { delete window.showSaveFilePicker; });
    await it.page.keyboard.press('Control+s');
    const json = await it.download(() => it.page.getByRole('button', { name: 'Save as a map file' }).click());
    assert.match(json.name, /\.map\.json$/);
    assert.ok(json.text.includes('Added by the reader'));
    const again = path.join(scratch, 'again.map.html');
    fs.writeFileSync(again, page.text);
    await withPage(again, {}, async second => {
      await second.started(40);
      await second.check();
    });
    await it.check();
  });
});

test('the hosted app sends the same page, and opens what it sent', TIME, async () => {
  const app = await openApp();
  try {
    await openTeaShop(app);
    const { text } = await send({ page: app.page, download: work => app.download(work) });
    assert.equal(withoutMap(text), fs.readFileSync(APP, 'utf8'));
    await menu(app, 'File', 'New map');
    await app.page.getByRole('button', { name: 'Go on without saving' }).click({ timeout: 2_000 }).catch(() => {});
    await app.page.waitForFunction(() => document.querySelector('#map').dataset.components === '0');
    await app.dropFile({ name: 'sent.map.html', text, type: 'text/html' });
    await app.page.waitForFunction(() => document.querySelector('#map').dataset.components === '7');
    await app.dropFile({ name: 'empty.html', text: fs.readFileSync(APP, 'utf8'), type: 'text/html' });
    await app.page.getByRole('dialog').getByText(/without a map inside/).waitFor();
    app.check();
  } finally {
    await app.close();
  }
});

test('where the page cannot be had, the dialog says so and offers nothing', TIME, async () => {
  const app = await openApp({ ignore: [/portolan\.html|404|Failed to load/] });
  try {
    await app.page.route('**/portolan.html', route => route.fulfill({ status: 404, body: '' }));
    await openTeaShop(app);
    await menu(app, 'File', /^Send to someone/);
    await app.page.getByText(/could not be had/).waitFor();
    assert.ok(await app.page.getByRole('button', { name: 'Download the HTML file' }).isDisabled());
    app.check();
  } finally {
    await app.close();
  }
});

test('names that look like markup stay names, with scripts on and off', TIME, async () => {
  const names = ['</script><script>window.hacked=1</script>', '<!-- <script>', ']]><img src=x onerror=hacked>', 'line\u2028break', '"quoted" \'name\' &amp;'];
  const map = { ...JSON.parse(ESTATE) };
  const text = JSON.stringify(map);
  let at = 0;
  const hostile = text.replace(/"name":"[^"]*"/g, found => (at < names.length ? `"name":${JSON.stringify(names[at++])}` : found));
  assert.equal(at, names.length);
  let file;
  await withPage(APP, {}, async it => {
    await it.started();
    await it.drop('hostile.map.json', hostile, 39);
    const { text } = await send(it);
    file = path.join(scratch, 'hostile.map.html');
    fs.writeFileSync(file, text);
    await it.check();
  });
  for (const javaScriptEnabled of [false, true]) {
    await withPage(file, { javaScriptEnabled }, async it => {
      if (!javaScriptEnabled) {
        const body = await it.page.locator('#handout').innerText();
        for (const name of names.slice(0, 2)) assert.ok(body.includes(name), name);
        assert.equal(await it.page.locator('#handout script, #handout img').count(), 0);
      } else {
        await it.started(39);
        assert.equal(await it.page.evaluate(() => 'hacked' in window), false);
      }
      await it.check({ scripts: javaScriptEnabled });
    });
  }
});

test('a script that somebody adds to the page does not run', TIME, async () => {
  const file = path.join(scratch, 'added.map.html');
  fs.writeFileSync(file, fs.readFileSync(await sentEstate(), 'utf8').replace('<main id="handout">', '<script>window.added = true</script><main id="handout">'));
  await withPage(file, {}, async it => {
    await it.started(39);
    assert.equal(await it.page.evaluate(() => 'added' in window), false);
    assert.equal((await it.page.evaluate(() => window.violations)).length, 1);
  });
});

test('a browser that cannot unpack the app still shows the map and says why it is not the app', TIME, async () => {
  const file = await sentEstate();
  const page = await FilePage.open(APP);
  try {
    // The policy would refuse a script in the page that takes it away.
    await page.page.addInitScript(() => { delete window.DecompressionStream; });
    await page.page.goto(pathToFileURL(file).href);
    await page.page.getByRole('alert').getByText(/shows and prints the map below but cannot change it/).waitFor();
    assert.ok(await page.page.locator('#handout svg').isVisible());
  } finally {
    await page.close();
  }
});

// ---- Firefox ----

const noFirefox = firefoxPath() ? false : 'NO FIREFOX ON THIS MACHINE: the page was not tried in it';
if (noFirefox) console.log(`\n*** ${noFirefox} ***\n`);

async function inFirefox(work) {
  const firefox = await Firefox.launch();
  try {
    await work(firefox);
    assert.deepEqual(firefox.complaints, [], 'the page complained');
    assert.deepEqual(firefox.requests, [], 'the page asked for something');
    assert.deepEqual(await firefox.evaluate(() => window.violations), [], 'the policy refused something');
  } finally {
    await firefox.close();
  }
}

const painted = n => { const map = document.querySelector('#map'); return Number(map?.dataset.painted ?? 0) > 0 && Number(map.dataset.components) >= n; };
const CONTROL = '\uE009';
const DELETE = '\uE017';
const ENTER = '\uE007';
const ESCAPE = '\uE00C';

test('Firefox: the app starts from the disk, edits, saves and recovers, and asks for nothing', { ...TIME, skip: noFirefox }, async () => {
  await inFirefox(async firefox => {
    await firefox.goto(pathToFileURL(APP).href);
    await firefox.waitFor(painted, 0);
    await firefox.evaluate(dropFile, ['tea.owm', TEA_SHOP]);
    await firefox.waitFor(painted, 7);
    const saved = await firefox.download(() => firefox.keys(['s'], [CONTROL]));
    assert.match(saved.name, /^Tea-Shop_.*\.map\.json$/);
    await firefox.evaluate(() => document.querySelector('#map').focus());
    await firefox.keys(['a'], [CONTROL]);
    await firefox.keys([DELETE]);
    await firefox.waitFor(() => document.querySelector('#map').dataset.components === '0');
    await firefox.keys(['z'], [CONTROL]);
    await firefox.waitFor(painted, 7);
    await firefox.evaluate(() => document.querySelector('#map').focus());
    await firefox.keys(['n']);
    await firefox.waitFor(() => document.activeElement?.matches('input, textarea'));
    await firefox.keys([...'Milk', ENTER]);
    await firefox.waitFor(painted, 8);
    await firefox.waitFor(() => /only in this browser/.test(document.querySelector('#save-state').textContent));
    await firefox.goto(pathToFileURL(APP).href);
    await firefox.waitFor(painted, 0);
    await firefox.waitFor(() => {
      const button = [...document.querySelectorAll('.banner button')].find(it => /^(Open|Recover|Restore|Bring)/.test(it.textContent));
      button?.click();
      return Boolean(button);
    });
    await firefox.waitFor(painted, 8);
  });
});

test('Firefox: a sent map opens, is changed and sent on', { ...TIME, skip: noFirefox }, async () => {
  const file = await sentEstate();
  await inFirefox(async firefox => {
    await firefox.goto(pathToFileURL(file).href);
    await firefox.waitFor(painted, 39);
    await firefox.evaluate(() => document.querySelector('#map').focus());
    await firefox.keys(['n']);
    await firefox.waitFor(() => document.activeElement?.matches('input, textarea'));
    await firefox.keys([...'Added in Firefox', ENTER]);
    await firefox.waitFor(painted, 40);
    await firefox.keys([ESCAPE]);
    await firefox.keys(['s'], [CONTROL]);
    await firefox.waitFor(() => /[KM]B/.test(document.querySelector('#send-size')?.textContent ?? ''));
    const again = await firefox.download(() => firefox.press('Download the HTML file'));
    assert.match(again.name, /\.map\.html$/);
    assert.ok(again.text.includes('Added in Firefox'));
    assert.equal(withoutMap(again.text), fs.readFileSync(APP, 'utf8'), 'the page made anew is the page of the build');
    await firefox.goto(pathToFileURL(again.path).href);
    await firefox.waitFor(painted, 40);
  });
});
