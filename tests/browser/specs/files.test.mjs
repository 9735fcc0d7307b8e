// Opening, saving, drafts, and files that are no maps.
import assert from 'node:assert/strict';
import { appTest } from '../lib/app.mjs';
import { clickAt, details, menu, openTeaShop } from '../lib/map.mjs';

// The way of browsers without the File System Access API, which is the main way in hospitals.
const withoutPickers = app => app.page.evaluate(() => {
  delete window.showOpenFilePicker;
  delete window.showSaveFilePicker;
});

const saveState = app => app.page.locator('#save-state').innerText();

appTest('what is saved opens as the same map', async app => {
  await withoutPickers(app);
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await app.page.locator('#component-description').fill('Boils water.');
  await app.page.locator('#component-name').focus();
  const first = await app.download(() => app.page.keyboard.press('Control+s'));
  assert.match(await saveState(app), /Saved to file/);

  await app.thenPainted(() => app.dropFile({ name: 'again.json', text: first.text }));
  const second = await app.download(() => menu(app, 'File', /^Save as/));
  const body = text => JSON.parse(text);
  const [a, b] = [body(first.text), body(second.text)];
  for (const map of [a, b]) for (const key of ['saved_at', 'generator']) delete map[key];
  assert.deepEqual(b, a);
});

appTest('opens by the button, also the same file again after a refusal', async app => {
  await withoutPickers(app);
  const map = { name: 'two.owm', text: 'title Two\ncomponent A [0.5, 0.5]\ncomponent B [0.3, 0.5]\nA->B\n' };
  await app.chooseFile(app.page.getByRole('button', { name: 'Open a file' }), map);
  await app.page.waitForFunction(() => document.querySelector('#map').dataset.components === '2');
  assert.equal(await app.page.locator('#map-title').inputValue(), 'Two');
});

appTest('a file that is no map is refused in words, and the map stays', async app => {
  await openTeaShop(app);
  for (const broken of [
    { name: 'broken.json', text: '{"format":"portolan","schema":1,"document":{"compo' },
    { name: 'list.json', text: '[1,2,3]' },
    { name: 'noise.bin', bytes: Buffer.from([0, 255, 254, 1, 2, 3, 0, 0, 9]) },
  ]) {
    await app.dropFile(broken);
    await app.page.waitForTimeout(300);
    const dialog = app.page.getByRole('dialog');
    if (await dialog.count() > 0) {
      assert.ok((await dialog.innerText()).length > 30);
      await app.page.keyboard.press('Escape');
    }
    assert.ok((await app.mapState()).components >= 0);
  }
  assert.equal(await app.page.getByRole('dialog').count(), 0);
});

appTest('a draft comes back after a reload', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await app.page.locator('#component-name').fill('Boiler');
  await app.page.keyboard.press('Enter');
  await app.page.waitForFunction(() => document.querySelector('#save-state').textContent.includes('only in this browser'));
  app.page.on('dialog', dialog => dialog.accept());
  await app.page.reload();
  await app.started();
  await app.page.getByRole('button', { name: 'Open the draft' }).click();
  await app.page.waitForFunction(() => document.querySelector('#map').dataset.components === '7');
  await clickAt(app, 0.35, 0.43);
  assert.equal((await details(app)).name, 'Boiler');
});

appTest('leaving with work that is in no file asks first', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await app.page.locator('#component-name').fill('Boiler');
  await app.page.keyboard.press('Enter');
  let asked = false;
  app.page.on('dialog', async dialog => { asked = dialog.type() === 'beforeunload'; await dialog.accept(); });
  await app.page.reload();
  await app.started();
  assert.equal(asked, true);
});

appTest('a new map asks what becomes of unsaved changes', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await app.page.keyboard.press('Delete');
  await menu(app, 'File', 'New map');
  await app.page.getByRole('button', { name: 'Stay here' }).click();
  assert.equal((await app.mapState()).components, 6);
  await menu(app, 'File', 'New map');
  await app.page.getByRole('button', { name: 'Go on without saving' }).click();
  await app.frames(2);
  assert.equal((await app.mapState()).components, 0);
});

appTest('writes back through the browser where it has a handle', async app => {
  await app.page.evaluate(() => {
    window.written = [];
    const handle = {
      name: 'kept.map.json',
      createWritable: async () => ({ write: async text => { window.written.push(text); }, close: async () => {} }),
    };
    window.asked = 0;
    window.showSaveFilePicker = async () => { window.asked += 1; return handle; };
  });
  await openTeaShop(app);
  await app.page.keyboard.press('Control+s');
  await app.page.waitForFunction(() => window.written.length === 1);
  await app.page.waitForFunction(() => document.querySelector('#save-state').textContent.includes('Saved to file'));
  await clickAt(app, 0.35, 0.43);
  await app.page.keyboard.press('Delete');
  await app.page.keyboard.press('Control+s');
  await app.page.waitForFunction(() => window.written.length === 2);
  assert.equal(await app.page.evaluate(() => window.asked), 1, 'the second time nothing is asked');
});
