// Typing faster than the app can follow, and keyboards of other countries.
import assert from 'node:assert/strict';
import { appTest } from '../lib/app.mjs';
import { openTeaShop } from '../lib/map.mjs';

// All keys in one go, as a quick typist on a slow computer: none waits for the page.
async function slowly(app, work) {
  const session = await app.context.newCDPSession(app.page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  try {
    await work();
  } finally {
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  }
  await app.frames(3);
}

const CODES = { Enter: 13, Tab: 9, Escape: 27, Insert: 45, F2: 113, ArrowRight: 39, ArrowDown: 40 };

// Sends each key, at once and in this order, without waiting for the answer to the one before.
async function pour(app, keys) {
  const session = await app.context.newCDPSession(app.page);
  const sent = [];
  for (const name of keys) {
    const ctrl = name.startsWith('Control+');
    const key = ctrl ? name.slice('Control+'.length) : name;
    const letter = key.length === 1;
    const code = letter ? (key === ' ' ? 'Space' : `Key${key.toUpperCase()}`) : key;
    const event = { key, code, modifiers: ctrl ? 2 : 0, windowsVirtualKeyCode: letter ? key.toUpperCase().charCodeAt(0) : CODES[key] };
    const text = ctrl ? undefined : letter ? key : key === 'Enter' ? '\r' : undefined;
    sent.push(session.send('Input.dispatchKeyEvent', { ...event, type: text ? 'keyDown' : 'rawKeyDown', text }));
    sent.push(session.send('Input.dispatchKeyEvent', { ...event, type: 'keyUp' }));
  }
  await Promise.all(sent);
}

const names = app => app.page.evaluate(() => {
  const text = document.querySelector('#text-source').value;
  return text.split('\n').filter(line => line.startsWith('component ') || line.startsWith('anchor ')).map(line => line.replace(/^\w+ (.*?) \[.*$/, '$1'));
});

appTest('names and Enter typed in one go all arrive, on a computer six times slower', async app => {
  await app.page.keyboard.press('Alt+t');
  await app.page.locator('#text-source').waitFor();
  await app.page.locator('#map').focus();
  const wanted = ['Hand nurse plans', 'Delivery', 'List', 'Pump', 'Notes map'];
  await slowly(app, async () => {
    await app.page.keyboard.press('n');
    await app.page.keyboard.type(`${wanted.join('\n')}\n`, { delay: 0 });
    await app.page.keyboard.press('Escape');
  });
  await app.page.waitForFunction(count => document.querySelector('#map').dataset.components === String(count), wanted.length);
  await app.page.waitForFunction(name => document.querySelector('#text-source').value.includes(name), wanted.at(-1));
  assert.deepEqual((await names(app)).sort(), [...wanted].sort());
});

appTest('keys sent without waiting for any answer go where the one before has led', async app => {
  await openTeaShop(app);
  await app.page.keyboard.press('Alt+t');
  await app.page.locator('#text-source').waitFor();
  await app.page.locator('#map').focus();
  const keys = ['Insert', ...'Beans', 'Enter', ...'Grinder', 'Tab', ...'Motor', 'Enter', 'Escape', 'Control+z', 'F2', ...'Mill', 'Enter'];
  await slowly(app, () => pour(app, keys));
  await app.page.waitForFunction(() => document.querySelector('#text-source').value.includes('Mill'));
  const all = await names(app);
  assert.ok(all.includes('Beans') && all.includes('Mill'), all.join());
  assert.ok(!all.includes('Motor') && !all.includes('Grinder'), 'undone and renamed');
});

appTest('an action by name and the name it asks for, typed in one go', async app => {
  await openTeaShop(app);
  await app.page.keyboard.press('Alt+t');
  await app.page.locator('#map').focus();
  await slowly(app, () => pour(app, ['Control+k', ...'add anchor', 'Enter', ...'Hungry nurse', 'Enter', ...'n', ...'Bread', 'Enter', 'Escape']));
  await app.page.waitForFunction(() => document.querySelector('#text-source').value.includes('Bread'));
  const all = await names(app);
  assert.ok(all.includes('Hungry nurse') && all.includes('Bread'), all.join());
});

appTest('a menu is walked and used with keys sent in one go', async app => {
  await openTeaShop(app);
  await app.page.locator('#map').focus();
  await app.page.keyboard.press('ArrowRight');
  await app.page.getByRole('button', { name: 'Menu', exact: true }).focus();
  // Second group, its first action.
  await slowly(app, () => pour(app, ['Enter', 'ArrowDown', 'ArrowRight', 'ArrowDown']));
  assert.equal(await app.page.evaluate(() => document.activeElement.querySelector('.menu-label')?.textContent), 'Redo');
});
