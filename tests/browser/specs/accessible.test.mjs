// The automatic accessibility check in every state of the screen, and the page at odd sizes.
import assert from 'node:assert/strict';
import path from 'node:path';
import { assertAccessible } from '../lib/accessibility.mjs';
import { appTest } from '../lib/app.mjs';
import { clickAt, menu, openTeaShop } from '../lib/map.mjs';

const states = {
  'the first screen': async () => {},
  'a map with a selected component': async app => { await openTeaShop(app); await clickAt(app, 0.35, 0.43); },
  'a map with the keyboard on it': async app => { await openTeaShop(app); await app.page.locator('#map').focus(); await app.page.keyboard.press('ArrowDown'); },
  'opened questions': async app => {
    await openTeaShop(app);
    await clickAt(app, 0.35, 0.43);
    for (const summary of await app.page.locator('summary').all()) {
      if (!(await summary.evaluate(it => it.parentElement.open))) await summary.click();
    }
    await app.page.selectOption('#fact-L1', '6');
  },
  'the ranking': async app => {
    await openTeaShop(app);
    await clickAt(app, 0.35, 0.43);
    await app.page.locator('summary', { hasText: 'How likely' }).click();
    await app.page.selectOption('#fact-L1', '6');
    await app.page.getByRole('tab', { name: 'Ranking' }).click();
  },
  'the problems': async app => { await openTeaShop(app); await app.page.getByRole('tab', { name: /Problems/ }).click(); },
  'the list': async app => { await openTeaShop(app); await app.page.getByRole('tab', { name: 'List' }).click(); await app.page.getByRole('row', { name: /Kettle/ }).click(); },
  'the menu': async app => { await app.page.getByRole('button', { name: 'Menu', exact: true }).click(); await app.page.getByRole('menuitem', { name: 'File' }).click(); },
  'the shortcut sheet': async app => { await app.page.keyboard.press('F1'); },
  'the palette': async app => { await app.page.keyboard.press('Control+k'); },
  'the guide': async app => { await app.page.getByRole('button', { name: 'Start from a user need' }).click(); },
  'the examples': async app => { await app.page.getByRole('button', { name: 'See an example' }).click(); },
};

for (const [name, reach] of Object.entries(states)) {
  appTest(`${name} has no violation`, async app => {
    await reach(app);
    await app.frames(3);
    await assertAccessible(app.page);
  });
}

for (const theme of ['light', 'dark']) {
  for (const contrast of ['no-preference', 'more']) {
    if (theme === 'light' && contrast === 'no-preference') continue;
    appTest(`colours hold in ${theme} with contrast ${contrast}`, { theme, contrast }, async app => {
      await openTeaShop(app);
      await clickAt(app, 0.35, 0.43);
      await app.frames(3);
      await assertAccessible(app.page);
    });
  }
}

appTest('at 320 pixels everything can be reached and nothing scrolls sideways', { viewport: { width: 320, height: 640 } }, async app => {
  await openTeaShop(app);
  assert.equal(await app.page.evaluate(() => document.documentElement.scrollWidth), 320);
  const map = await app.page.locator('#map').boundingBox();
  assert.ok(map.height > 200, `the map is ${map.height} pixels high`);
  await app.page.getByRole('button', { name: 'Details', exact: true }).click();
  await app.page.getByRole('tab', { name: 'Ranking' }).click();
  await assertAccessible(app.page);
  await app.page.getByRole('button', { name: 'Close details' }).click();
  assert.equal(await app.page.locator('.side-body').isVisible(), false);
});

appTest('at 200 % zoom of a small laptop the panels still fit', { viewport: { width: 683, height: 384 } }, async app => {
  await openTeaShop(app);
  assert.ok(await app.page.evaluate(() => document.documentElement.scrollWidth) <= 683);
  const map = await app.page.locator('#map').boundingBox();
  assert.ok(map.height > 120, `the map is ${map.height} pixels high`);
});

appTest('every control is at least 24 pixels, tools 40', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  const small = await app.page.$$eval('button, input, select, summary, a', all => all
    .map(it => ({ name: it.textContent.trim() || it.id || it.getAttribute('aria-label'), box: it.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && box.height > 1 && (box.width < 24 || box.height < 20))
    .map(({ name, box }) => `${name} ${box.width}x${box.height}`));
  assert.deepEqual(small, []);
});

// Dialogs, each in every look. Pictures of them are written where PORTOLAN_SHOTS says.
const SAMPLES = new URL('../../../src/app/samples/', import.meta.url).pathname;
const SHOTS = process.env.PORTOLAN_SHOTS;

const paste = (app, text) => app.page.evaluate(text => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  document.querySelector('#map').focus();
  window.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}, text);

const kept = app => app.page.waitForFunction(() => document.querySelector('#save-state').textContent.includes('only in this browser'));
const booking = app => app.thenPainted(() => app.dropFile(path.join(SAMPLES, 'outpatient-booking.map.json')));

const dialogs = {
  versions: async app => {
    await openTeaShop(app);
    await menu(app, 'File', 'Keep a version now');
    await paste(app, 'Milk');
    await kept(app);
    await menu(app, 'File', 'Versions of this map…');
    await app.page.getByRole('dialog').getByRole('img').waitFor();
  },
  'recent maps': async app => {
    await openTeaShop(app);
    await paste(app, 'Milk');
    await kept(app);
    await menu(app, 'File', 'Recent maps…');
    await app.page.locator('#kept-promise').waitFor();
  },
  'the review of a table': async app => {
    await openTeaShop(app);
    await app.dropFile({ name: 'systems.csv', text: 'Name,Who,EOL,L1\nKettle,Estates,03/04/2026,9\nTeapot,Estates,05/06/2026,3\n' });
  },
  picture: async app => { await booking(app); await menu(app, 'File', 'Export picture…'); },
  print: async app => { await booking(app); await menu(app, 'File', 'Print…'); },
  link: async app => { await openTeaShop(app); await menu(app, 'File', 'Share as a link…'); },
  send: async app => { await booking(app); await menu(app, 'File', 'Send to someone without the tool…'); },
};

async function compared(app) {
  await app.page.evaluate(() => { delete window.showOpenFilePicker; });
  await app.thenPainted(() => app.dropFile(path.join(SAMPLES, 'letters-before.map.json')));
  await app.thenPainted(() => app.chooseFile(() => menu(app, 'Compare', /^Compare with a file/), path.join(SAMPLES, 'letters-after.map.json')));
}

const LOOKS = {
  light: { colorScheme: 'light', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', contrast: 'no-preference' },
  contrast: { colorScheme: 'light', contrast: 'more' },
  'dark-contrast': { colorScheme: 'dark', contrast: 'more' },
  narrow: { colorScheme: 'light', contrast: 'no-preference', viewport: { width: 320, height: 640 } },
};

const everyLook = async (app, name) => {
  for (const [look, { viewport, ...media }] of Object.entries(LOOKS)) {
    await app.page.emulateMedia(media);
    if (viewport) await app.page.setViewportSize(viewport);
    await app.frames(3);
    if (SHOTS) await app.page.screenshot({ path: path.join(SHOTS, `${name.replaceAll(' ', '-')}-${look}.png`) });
    assert.equal(await app.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true, `${name}, ${look}: scrolls sideways`);
    try {
      await assertAccessible(app.page);
    } catch (error) {
      error.message = `${name}, ${look}: ${error.message}`;
      throw error;
    }
  }
};

for (const [name, reach] of Object.entries(dialogs)) {
  appTest(`${name}: in light, dark, high contrast and at 320 pixels`, async app => {
    await reach(app);
    await app.page.getByRole('dialog').first().waitFor();
    await everyLook(app, name);
  });
}

for (const page of ['Differences', 'Matches', 'Take over']) {
  appTest(`a comparison, ${page}: in light, dark, high contrast and at 320 pixels`, async app => {
    await compared(app);
    await app.page.getByRole('button', { name: page, exact: true }).click();
    await everyLook(app, `compare-${page}`);
  });
}
