// What the browser keeps: nothing older than a second is lost when a tab dies, whatever the storage does is said in
// words, and two tabs never write over each other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { App, MAP, appTest, openApp } from '../lib/app.mjs';
import { menu, openTeaShop } from '../lib/map.mjs';

const KILLS = Number(process.env.PORTOLAN_KILLS ?? 102);
const SIDE_BY_SIDE = 3;
// A map that grows for ever would test its size instead.
const KILLS_A_MAP = 12;

const words = (app, text) => app.page.waitForFunction(
  text => document.querySelector('#save-state').textContent.includes(text), text, { timeout: 20_000 });

// Adds a component the quickest way there is: a line of text pasted on the map.
const paste = (page, name) => page.evaluate(([map, name]) => {
  const data = new DataTransfer();
  data.setData('text/plain', name);
  document.querySelector(map).focus();
  window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}, [MAP, name]);

// The newest states that the browser keeps, as parsed files.
const kept = page => page.evaluate(() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('portolan-maps');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const database = opening.result;
    const store = database.transaction('texts').objectStore('texts');
    const [keys, texts] = [store.getAllKeys(), store.getAll()];
    texts.onsuccess = () => {
      database.close();
      resolve(keys.result.map((key, at) => [key, texts.result[at]]).filter(([key]) => key.endsWith('/now')));
    };
  };
}));

// mulberry32
const chance = seed => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

async function kills(app, worker, count, seed) {
  const random = chance(seed);
  let context, names, most = 0;
  for (let round = 0; round < count; round += 1) {
    const story = `worker ${worker}, seed ${seed}, kill ${round}`;
    if (round % KILLS_A_MAP === 0) {
      await context?.close();
      context = await app.browser.newContext({ viewport: { width: 1000, height: 700 } });
      names = [];
    }
    const page = await context.newPage();
    const complaints = [];
    page.on('pageerror', error => complaints.push(error.message));
    const edits = [];
    await page.exposeBinding('edited', (_, name, at) => { edits.push({ name, at }); });
    await page.goto(app.server.url);
    await page.waitForFunction(map => Number(document.querySelector(map)?.dataset.painted ?? 0) > 0, MAP);
    if (names.length > 0) {
      await page.getByRole('button', { name: 'Open the draft' }).click();
      await page.waitForFunction(([map, n]) => Number(document.querySelector(map).dataset.components) === n, [MAP, names.length]);
    }
    await page.evaluate(([map, round]) => {
      const begin = document.querySelector(map);
      let n = 0;
      setInterval(() => {
        const name = `Edit ${round}-${n++}`;
        const data = new DataTransfer();
        data.setData('text/plain', name);
        begin.focus();
        window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        window.edited(name, Date.now());
      }, 90);
    }, [MAP, round]);
    await new Promise(done => { setTimeout(done, 200 + random() * 1_800); });
    const killed = Date.now();
    if (random() < 0.7) {
      const gone = new Promise(done => { page.once('crash', done); });
      const session = await context.newCDPSession(page);
      session.send('Page.crash').catch(() => {});
      await gone;
    }
    await page.close();
    assert.deepEqual(complaints, [], story);

    // Another page of the same site reads what is there.
    const reader = await context.newPage();
    await reader.goto(`${app.server.url}styles-are-not-needed-here`).catch(() => {});
    const states = await kept(reader);
    await reader.close();
    const must = [...names, ...edits.filter(edit => edit.at <= killed - 1_000).map(edit => edit.name)];
    if (states.length === 0) {
      assert.deepEqual(must, [], `${story}: nothing is kept`);
      continue;
    }
    assert.equal(states.length, 1, `${story}: one map, one newest state`);
    const found = JSON.parse(states[0][1]).document.components.map(it => it.name);
    const done = [...names, ...edits.map(edit => edit.name)];
    assert.ok(must.every(name => found.includes(name)), `${story}: lost ${must.filter(name => !found.includes(name))}`);
    // In the order they were made: none in the middle is missing. The last edit may not have been told before the end.
    const last = Math.max(-1, ...done.map((name, at) => (found.includes(name) ? at : -1)));
    assert.ok(done.slice(0, last + 1).every(name => found.includes(name)), `${story}: a hole in the middle`);
    const newest = edits.findLast(edit => found.includes(edit.name));
    if (edits.length > 0) most = Math.max(most, killed - (newest?.at ?? edits[0].at));
    names = found;
  }
  await context?.close();
  return most;
}

test(`a tab killed ${KILLS} times loses at most the last second`, { timeout: 600_000 }, async () => {
  const app = await openApp({ start: false });
  try {
    const seed = Number(process.env.PORTOLAN_SEED ?? Date.now() % 1_000_000);
    console.log(`seed ${seed}; again with PORTOLAN_SEED=${seed}`);
    const each = Math.ceil(KILLS / SIDE_BY_SIDE);
    const most = await Promise.all(Array.from({ length: SIDE_BY_SIDE }, (_, at) => kills(app, at, each, seed + at)));
    console.log(`${each * SIDE_BY_SIDE} kills; most that was missing: ${Math.max(...most)} ms`);
  } finally {
    await app.close();
  }
});

appTest('two tabs on one map: one changes it, the other follows and can take over', async app => {
  await openTeaShop(app);
  await paste(app.page, 'Milk');
  await words(app, 'only in this browser');

  const page = await app.context.newPage();
  const other = new App({ server: app.server, browser: app.browser, context: app.context, page, ignore: [] });
  await other.load();
  assert.equal(await page.getByRole('button', { name: 'Open the draft' }).count(), 0, 'it is no lost draft');
  await menu(other, 'File', 'Recent maps…');
  await page.getByText('Open in another tab').waitFor();
  await page.getByRole('button', { name: /^Open / }).first().click();
  await page.getByRole('region', { name: 'Open in another tab' }).waitFor();
  await page.waitForFunction(map => document.querySelector(map).dataset.components === '8', MAP);

  // What the owner does is seen; what the other one tries is refused in words.
  await paste(app.page, 'Sugar');
  await page.waitForFunction(map => document.querySelector(map).dataset.components === '9', MAP);
  await paste(page, 'Salt');
  await page.locator('.status-message', { hasText: 'Take over here' }).waitFor();
  assert.equal((await other.mapState()).components, 9);
  assert.equal((await app.mapState()).components, 9);

  await paste(app.page, 'Honey');
  await page.getByRole('button', { name: 'Take over here' }).click();
  await app.page.getByRole('region', { name: 'Open in another tab' }).waitFor();
  await page.getByRole('region', { name: 'Open in another tab' }).waitFor({ state: 'detached' });
  await page.waitForFunction(map => document.querySelector(map).dataset.components === '10', MAP);
  await paste(page, 'Lemon');
  await app.page.waitForFunction(map => document.querySelector(map).dataset.components === '11', MAP);

  // When the owner is gone the other one may go on.
  await page.close();
  await app.page.getByRole('region', { name: 'Open in another tab' }).waitFor({ state: 'detached' });
  await paste(app.page, 'Cake');
  await words(app, 'only in this browser');
  assert.equal((await app.mapState()).components, 12);
  other.check();
});

// Opens the map that this browser keeps in another tab.
async function inAnotherTab(app, prepare) {
  const page = await app.context.newPage();
  if (prepare) await page.addInitScript(prepare);
  const other = new App({ server: app.server, browser: app.browser, context: app.context, page, ignore: [] });
  await other.load();
  await menu(other, 'File', 'Recent maps…');
  await page.getByRole('dialog').getByRole('button', { name: /^Open / }).first().click();
  return other;
}

const components = (app, count) => app.page.waitForFunction(
  ([map, count]) => document.querySelector(map).dataset.components === String(count), [MAP, count]);

appTest('the file goes along when another tab takes over', async app => {
  await app.page.evaluate(() => {
    window.showSaveFilePicker = async () => (await navigator.storage.getDirectory()).getFileHandle('tea.map.json', { create: true });
  });
  await openTeaShop(app);
  await app.page.keyboard.press('Control+s');
  await words(app, 'Saved to file');
  await paste(app.page, 'Milk');
  await words(app, 'only in this browser');
  const other = await inAnotherTab(app, () => {
    window.showSaveFilePicker = async () => { throw new Error('nobody should be asked where'); };
  });
  await other.page.getByRole('button', { name: 'Take over here' }).click();
  await other.page.getByRole('region', { name: 'Open in another tab' }).waitFor({ state: 'detached' });
  await paste(other.page, 'Lemon');
  await components(other, 9);
  await other.page.locator(MAP).focus();
  await other.page.keyboard.press('Control+s');
  await words(other, 'Saved to file');
  const text = await other.page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    return (await (await folder.getFileHandle('tea.map.json')).getFile()).text();
  });
  assert.match(text, /Lemon/);
  assert.match(text, /Milk/);
  other.check();
});

// As for a page opened from the disk in some browsers: nothing tells tabs of each other.
const alone = () => {
  Object.defineProperty(Navigator.prototype, 'locks', { get() { return undefined; } });
  delete window.BroadcastChannel;
};

appTest('without locks and channels two tabs write over nothing: the second goes on with a copy', { start: false }, async app => {
  await app.page.addInitScript(alone);
  await app.load();
  await openTeaShop(app);
  await paste(app.page, 'Milk');
  await words(app, 'only in this browser');
  const other = await inAnotherTab(app, alone);
  await components(other, 8);
  await paste(app.page, 'Sugar');
  await words(app, 'only in this browser');
  await app.page.waitForTimeout(500);
  await paste(other.page, 'Salt');
  await other.page.waitForFunction(() => document.querySelector('.status-message')?.textContent.includes('copy of its own'));
  await words(other, 'only in this browser');
  await app.page.waitForTimeout(500);
  const names = (await kept(app.page)).map(([, text]) => JSON.parse(text).document.components.map(it => it.name));
  assert.equal(names.length, 2, 'each tab has a map of its own now');
  assert.ok(names.some(map => map.includes('Sugar') && !map.includes('Salt')), 'the first keeps its own');
  assert.ok(names.some(map => map.includes('Salt') && !map.includes('Sugar')), 'and so does the second');
  // Both go on without getting in each other's way.
  await paste(app.page, 'Honey');
  await words(app, 'only in this browser');
  assert.doesNotMatch(await app.page.locator('.status-message').innerText(), /copy of its own/);
  other.check();
});

appTest('the browser is asked to clear nothing, in words', async app => {
  await app.page.evaluate(() => {
    let kept = false;
    navigator.storage.persisted = async () => kept;
    navigator.storage.persist = async () => { kept = true; return true; };
  });
  await openTeaShop(app);
  await paste(app.page, 'Milk');
  await words(app, 'only in this browser');
  await menu(app, 'File', 'Recent maps…');
  await app.page.getByText('may clear what is kept here').waitFor();
  await app.page.getByRole('button', { name: 'Ask the browser to keep everything' }).click();
  await app.page.locator('#kept-promise', { hasText: 'has promised to keep' }).waitFor();
});

// The browser remembers for half a minute that there was room, so it must be full from the start.
appTest('no room left is said in words, and room again too', { start: false }, async app => {
  const session = await app.context.newCDPSession(app.page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: app.server.origin, quotaSize: 1 });
  await app.load();
  await openTeaShop(app);
  await paste(app.page, 'Milk');
  await words(app, 'this browser is full');
  assert.ok(await app.page.locator('.save-state.is-failing').isVisible());
  assert.match((await app.announcements()).join(' '), /no room left/);
  await session.send('Storage.overrideQuotaForOrigin', { origin: app.server.origin });
  await paste(app.page, 'Honey');
  await words(app, 'only in this browser');
});

appTest('a browser that keeps nothing says so at the first change, and the map can be saved', { start: false }, async app => {
  await app.page.addInitScript(() => {
    for (const name of ['indexedDB', 'localStorage']) {
      Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
    }
    delete window.showSaveFilePicker;
  });
  await app.load();
  await openTeaShop(app);
  await paste(app.page, 'Milk');
  await words(app, 'this browser keeps nothing');
  const file = await app.download(() => app.page.keyboard.press('Control+s'));
  assert.match(file.text, /Milk/);
  await words(app, 'Saved to file');
});

appTest('storage cleared from outside: said, and the map is kept again', async app => {
  await openTeaShop(app);
  await paste(app.page, 'Milk');
  await words(app, 'only in this browser');
  const session = await app.context.newCDPSession(app.page);
  await session.send('Storage.clearDataForOrigin', { origin: app.server.origin, storageTypes: 'indexeddb,local_storage' });
  await paste(app.page, 'Sugar');
  await app.page.waitForFunction(() => document.querySelector('.status-message').textContent.includes('was cleared'));
  await words(app, 'only in this browser');
  assert.ok((await kept(app.page))[0][1].includes('Milk'));
});

appTest('a file that somebody else changed is not written over unasked', async app => {
  await app.page.evaluate(() => {
    window.disk = { text: '', at: 1 };
    const handle = {
      name: 'shared.map.json',
      getFile: async () => new File([window.disk.text], 'shared.map.json', { lastModified: window.disk.at }),
      createWritable: async () => ({
        write: async text => { window.disk = { text, at: window.disk.at + 1 }; },
        close: async () => {},
      }),
    };
    window.showSaveFilePicker = async () => handle;
  });
  await openTeaShop(app);
  await app.page.keyboard.press('Control+s');
  await words(app, 'Saved to file');
  const theirs = await app.page.evaluate(() => {
    window.disk = { text: window.disk.text.replace('Kettle', 'Boiler'), at: 99 };
    return window.disk.text;
  });
  await paste(app.page, 'Milk');
  await app.page.keyboard.press('Control+s');
  const dialog = app.page.getByRole('dialog', { name: 'The file was changed by somebody else' });
  await dialog.waitFor();
  assert.equal(await app.page.evaluate(() => window.disk.text), theirs, 'nothing was written');
  await dialog.getByRole('button', { name: 'Overwrite' }).click();
  await words(app, 'Saved to file');
  assert.match(await app.page.evaluate(() => window.disk.text), /Milk/);
});

appTest('a version is looked at, compared and restored in one step', async app => {
  await openTeaShop(app);
  await menu(app, 'File', 'Keep a version now');
  await paste(app.page, 'Milk');
  await words(app, 'only in this browser');
  await menu(app, 'File', 'Versions of this map…');
  const dialog = app.page.getByRole('dialog', { name: 'Versions of this map' });
  await dialog.getByRole('img').waitFor();
  assert.match(await dialog.innerText(), /Kept by you · 7 components/);
  assert.match(await dialog.innerText(), /Since then: Added Milk/);
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await app.page.waitForFunction(map => document.querySelector(map).dataset.components === '7', MAP);
  await app.page.keyboard.press('Control+z');
  await app.page.waitForFunction(map => document.querySelector(map).dataset.components === '8', MAP);
});
