// Each kind of element: made, changed, removed and brought back, by pointer and by keyboard only.
import assert from 'node:assert/strict';
import { assertAccessible } from '../lib/accessibility.mjs';
import { appTest } from '../lib/app.mjs';
import { clickAt, drag, menu, openTeaShop, placeOf, status } from '../lib/map.mjs';

const press = async (app, ...keys) => {
  for (const key of keys) await app.page.keyboard.press(key);
  await app.frames(3);
};
const type = (app, text) => app.page.keyboard.type(text);
const field = (app, id) => app.page.locator(`#${id}`);
const value = (app, id) => field(app, id).inputValue();
const panel = app => app.page.locator('#side-body').innerText();

async function fill(app, id, text) {
  await field(app, id).fill(text);
  await field(app, id).press('Tab');
  await app.frames(2);
}

// Opens a folded group of the details.
async function open(app, title) {
  const summary = app.page.locator('#side-body summary', { hasText: title }).first();
  if (!(await summary.evaluate(it => it.parentElement.open))) await summary.click();
  await app.frames(1);
}

// Chooses a rarer tool.
async function more(app, label) {
  await app.page.getByRole('button', { name: 'More', exact: true }).click();
  await app.page.getByRole('menuitem', { name: label }).click();
  await app.frames(2);
}

// Selects what the words say, by typing alone.
async function find(app, words) {
  await app.page.locator('#map').focus();
  await press(app, 'Control+f');
  await type(app, words);
  await press(app, 'Enter');
}

// Runs an action by name, by typing alone.
async function command(app, words) {
  await app.page.locator('#map').focus();
  await press(app, 'Control+k');
  await type(app, words);
  await press(app, 'Enter');
}

// Delete takes it away, undo brings it back: `words` stand in the details while it is selected.
async function deletedAndBack(app, words) {
  await app.page.locator('#map').focus();
  await press(app, 'Delete');
  assert.doesNotMatch(await panel(app), words, 'gone');
  await press(app, 'Control+z');
  assert.match(await panel(app), words, 'back, and selected again');
}

const POINTED = [
  { kind: 'note', make: async app => { await app.page.getByRole('button', { name: 'Note', exact: true }).click(); await clickAt(app, 0.2, 0.2); await type(app, 'Agreed'); await press(app, 'Enter'); }, edit: ['record-text', 'Agreed in May'], words: /Note: Agreed in May/ },
  { kind: 'numbered remark', make: async app => { await more(app, 'Add numbered remark'); await clickAt(app, 0.2, 0.2); await type(app, 'Ask'); await press(app, 'Enter'); }, edit: ['record-text', 'Ask the owner'], words: /Annotation 1: Ask the owner/ },
  { kind: 'accelerator', make: async app => { await more(app, 'Add accelerator'); await clickAt(app, 0.2, 0.3); await type(app, 'Law'); await press(app, 'Enter'); }, edit: ['record-name', 'New law'], words: /Accelerator New law/ },
  { kind: 'deaccelerator', make: async app => { await more(app, 'Add deaccelerator'); await clickAt(app, 0.2, 0.3); await type(app, 'Rules'); await press(app, 'Enter'); }, edit: ['record-name', 'Old rules'], words: /Deaccelerator Old rules/ },
  { kind: 'attitude', make: async app => { await more(app, 'Mark where settlers work'); await drag(app, [0.1, 0.3], [0.2, 0.2], [0.3, 0.1]); }, edit: ['attitude-left', '5'], words: /Area of settlers/ },
  { kind: 'area of interest', make: async app => { await more(app, 'Mark an area of interest'); await drag(app, [0.3, 0.5], [0.35, 0.4], [0.4, 0.35]); await type(app, 'Hot'); await press(app, 'Enter'); }, edit: ['record-name', 'Kitchen'], words: /Area Kitchen, 1 component/ },
  { kind: 'pipeline', make: async app => { await more(app, 'Add pipeline'); await clickAt(app, 0.7, 0.1); }, edit: ['pipeline-to', '95'], words: /Pipeline of Power/ },
];

for (const { kind, make, edit, words } of POINTED) {
  appTest(`${kind} by pointer: made, changed, removed, brought back`, async app => {
    await openTeaShop(app);
    await make(app);
    await fill(app, ...edit);
    assert.equal(await value(app, edit[0]), edit[1]);
    assert.match(await panel(app), words);
    await assertAccessible(app.page);
    await app.page.getByRole('complementary').getByRole('button', { name: 'Delete', exact: true }).click();
    await app.frames(2);
    assert.doesNotMatch(await panel(app), words);
    await app.page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await app.frames(2);
    assert.match(await panel(app), words);
  });
}

const TYPED = [
  { kind: 'note', make: async app => { await app.page.locator('#map').focus(); await press(app, 't'); await type(app, 'Agreed'); await press(app, 'Enter'); }, rename: 'Agreed in May', words: /Note: Agreed in May/ },
  { kind: 'numbered remark', make: async app => { await app.page.locator('#map').focus(); await press(app, 'a'); await type(app, 'Ask'); await press(app, 'Enter'); }, rename: 'Ask the owner', words: /Annotation 1: Ask the owner/ },
  { kind: 'accelerator', make: async app => { await command(app, 'Add accelerator'); await type(app, 'Law'); await press(app, 'Enter'); }, rename: 'New law', words: /Accelerator New law/ },
  { kind: 'attitude', make: async app => { await command(app, 'pioneers'); await press(app, 'Enter'); }, words: /Area of pioneers/ },
  { kind: 'area of interest', make: async app => { await find(app, 'Kettle'); await press(app, 'Control+g'); await type(app, 'Hot'); await press(app, 'Enter'); }, rename: 'Kitchen', words: /Area Kitchen, 1 component/ },
];

for (const { kind, make, rename, words } of TYPED) {
  appTest(`${kind} by keyboard: made, renamed, moved, removed, brought back`, async app => {
    await openTeaShop(app);
    await make(app);
    await app.page.locator('#map').focus();
    if (rename) {
      await press(app, 'F2');
      await app.page.keyboard.press('Control+a');
      await type(app, rename);
      await press(app, 'Enter');
    }
    assert.match(await panel(app), words);
    await press(app, 'ArrowRight');
    assert.match(await status(app), /Moved/);
    await press(app, 'Control+z');
    await deletedAndBack(app, words);
    // And found again among everything that is no component.
    await press(app, 'Escape', 'Escape');
    await find(app, rename ?? 'pioneers');
    assert.match(await panel(app), words);
  });
}

appTest('a pipeline with its variants by keyboard', async app => {
  await openTeaShop(app);
  await find(app, 'Power');
  await command(app, 'Add pipeline');
  await find(app, 'Power');
  await command(app, 'Add variant');
  await type(app, 'Gas');
  await press(app, 'Enter');
  await type(app, 'Solar');
  await press(app, 'Enter', 'Escape');
  assert.equal((await app.mapState()).components, 9);
  await find(app, 'Pipeline of Power');
  assert.match(await panel(app), /Gas[\s\S]*Solar/);
  await app.page.getByRole('button', { name: 'Take Gas out of the pipeline' }).press('Enter');
  await app.frames(2);
  assert.doesNotMatch(await panel(app), /Gas/);
  await app.page.locator('#map').focus();
  await press(app, 'Control+z');
  assert.match(await panel(app), /Gas/);
});

appTest('everything about a component is in its details, each change one step', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await fill(app, 'component-description', 'Boils water');
  await app.page.selectOption('#component-method', 'buy');
  await app.page.selectOption('#component-symbol', 'market');
  await app.page.selectOption('#component-inertia', 'yes');
  await app.frames(2);
  await fill(app, 'component-cause', 'A long contract');
  await fill(app, 'component-evolves', '70');
  await fill(app, 'component-new-name', 'Boiler');
  await open(app, 'More');
  await fill(app, 'component-tags', 'kitchen, hot');
  await fill(app, 'component-owner', 'Kitchen manager');
  await field(app, 'component-locked').check();
  await app.frames(2);
  assert.ok(await field(app, 'component-evolution').isDisabled(), 'locked: it does not move');
  await assertAccessible(app.page);
  await app.page.locator('#map').focus();
  for (let step = 0; step < 10; step++) await press(app, 'Control+z');
  assert.equal(await value(app, 'component-description'), '');
  assert.equal(await value(app, 'component-evolves'), '');
  assert.ok(!(await field(app, 'component-locked').isChecked()));
});

appTest('an address that is none is refused beside the field and stays there', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await app.page.selectOption('#component-kind', 'submap');
  await app.frames(2);
  await fill(app, 'component-url', 'javascript:alert(1)');
  assert.equal(await value(app, 'component-url'), 'javascript:alert(1)');
  assert.match(await app.page.locator('#component-url-error').innerText(), /https:/);
  await assertAccessible(app.page);
  await field(app, 'component-url').focus();
  await press(app, 'Escape');
  assert.equal(await value(app, 'component-url'), '');
  await fill(app, 'component-url', 'https://example.org/kettle');
  assert.equal(await app.page.locator('#component-url-error').count(), 0);
});

appTest('a link becomes a flow with words, by its details', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await app.page.getByRole('button', { name: 'Details of the link to Power' }).click();
  await app.frames(2);
  await app.page.selectOption('#link-kind', 'both');
  await app.frames(2);
  await fill(app, 'link-flow', '12 a day');
  await fill(app, 'link-context', 'by cable');
  await assertAccessible(app.page);
  await app.page.getByRole('button', { name: 'Turn link round' }).click();
  await app.frames(2);
  assert.match(await panel(app), /From Power/);
  await app.page.locator('#map').focus();
  await press(app, 'Delete');
  assert.equal((await app.mapState()).links, 5);
  await press(app, 'Control+z');
  assert.equal((await app.mapState()).links, 6);
});

appTest('a label goes to a side by one click, in the details and by the palette', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await open(app, 'More');
  const left = app.page.locator('#side-body').getByRole('button', { name: 'Left', exact: true });
  await left.click();
  await app.frames(2);
  assert.equal(await left.getAttribute('aria-pressed'), 'true');
  const box = await left.boundingBox();
  assert.ok(box.width >= 24 && box.height >= 24, 'large enough for a finger');
  await command(app, 'Choose a place for the label');
  await app.page.getByRole('dialog').getByRole('button', { name: 'Below', exact: true }).press('Enter');
  await app.frames(2);
  await assertAccessible(app.page, { within: 'dialog' });
  await press(app, 'Escape');
  assert.equal(await left.getAttribute('aria-pressed'), 'false');
});

appTest('a remark has several places, each with its numbers', async app => {
  await openTeaShop(app);
  await app.page.locator('#map').focus();
  await press(app, 'a');
  await type(app, 'Ask');
  await press(app, 'Enter');
  await app.page.getByRole('button', { name: 'Add another place to the remark' }).click();
  await clickAt(app, 0.2, 0.2);
  assert.ok(Math.abs(Number(await value(app, 'annotation-evolution-2')) - 20) < 0.3);
  await fill(app, 'annotation-evolution-2', '30');
  await app.page.getByRole('button', { name: 'Remove place 1' }).click();
  await app.frames(2);
  assert.equal(await value(app, 'annotation-evolution-1'), '30');
});

appTest('several selected show what they share and change together', async app => {
  await openTeaShop(app);
  await app.page.locator('#map').focus();
  await press(app, 'Control+a');
  assert.equal(await value(app, 'component-kind'), 'mixed');
  await app.page.selectOption('#component-method', 'build');
  await app.frames(2);
  await assertAccessible(app.page);
  await clickAt(app, 0.35, 0.43);
  assert.equal(await value(app, 'component-method'), 'build');
  await app.page.locator('#map').focus();
  await press(app, 'Control+z');
  assert.equal(await value(app, 'component-method').catch(() => ''), '');
});

appTest('lines of text become components, linked to what is selected', { ignore: [/clipboard/i] }, async app => {
  await app.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await app.page.evaluate(() => navigator.clipboard.writeText('Element\nThermostat\n\n  Lid  \n'));
  await app.page.locator('#map').focus();
  await press(app, 'Control+v');
  await app.page.waitForFunction(() => document.querySelector('#map').dataset.components === '10');
  assert.equal((await app.mapState()).links, 9);
  await press(app, 'Control+z');
  assert.equal((await app.mapState()).components, 7, 'one step');
});

appTest('guides show what a drag has caught', async app => {
  await openTeaShop(app);
  const [from, to] = [await placeOf(app, 0.35, 0.43), await placeOf(app, 0.4, 0.3)];
  await app.page.mouse.move(...from);
  await app.page.mouse.down();
  await app.page.mouse.move(to[0] + 2, to[1], { steps: 6 });
  await app.frames(2);
  assert.ok(await app.page.locator('.map-lines .guide').count() > 0, 'at the boundary of a stage');
  await app.page.mouse.up();
  await app.frames(2);
  assert.equal(await app.page.locator('.map-lines .guide[visibility="visible"]').count(), 0);
  assert.equal(await value(app, 'component-evolution'), '40');
});

appTest('colours by owner come with a legend, also in the picture', async app => {
  await openTeaShop(app);
  await clickAt(app, 0.35, 0.43);
  await open(app, 'More');
  await fill(app, 'component-owner', 'Kitchen manager');
  await app.thenPainted(() => command(app, 'Colour by owner'));
  await menu(app, 'File', 'Export picture…');
  const svg = await app.download(() => app.page.getByRole('dialog').getByRole('button', { name: 'Save picture' }).click());
  assert.match(svg.text, /Kitchen manager/);
});

appTest('sizes by data come with a legend, also in the picture, and go again', async app => {
  await openTeaShop(app);
  await app.thenPainted(() => command(app, 'Size by how many need it'));
  assert.match(await status(app), /Larger is needed by more/);
  await menu(app, 'File', 'Export picture…');
  await assertAccessible(app.page, { within: 'dialog' });
  const svg = await app.download(() => app.page.getByRole('dialog').getByRole('button', { name: 'Save picture' }).click());
  assert.match(svg.text, /One needs it/);
  assert.doesNotMatch(svg.text, /8 or more need it/, 'only what occurs');
  await app.thenPainted(() => menu(app, 'View', 'Size by risk, or not'));
  assert.match(await status(app), /Not known of 6 components: drawn with a dashed ring/);
  await app.thenPainted(() => menu(app, 'View', 'Size by risk, or not'));
  assert.match(await status(app), /same size again/);
});

appTest('what Mermaid leaves out is listed before it is saved', async app => {
  await openTeaShop(app);
  await more(app, 'Mark where pioneers work');
  await drag(app, [0.1, 0.3], [0.3, 0.1]);
  await menu(app, 'File', 'Export for Mermaid…');
  assert.match(await app.page.getByRole('dialog').innerText(), /without/);
  await assertAccessible(app.page, { within: 'dialog' });
  const file = await app.download(() => app.page.getByRole('button', { name: 'Export all the same' }).click());
  assert.match(file.name, /\.mmd$/);
  assert.match(file.text, /^wardley-beta/);
});

appTest('the rarer tools are reached and left by keyboard', async app => {
  await openTeaShop(app);
  const button = app.page.getByRole('button', { name: 'More', exact: true });
  await button.focus();
  await press(app, 'Enter', 'ArrowDown', 'ArrowDown', 'Escape');
  assert.ok(await button.evaluate(it => document.activeElement === it));
  await press(app, 'Enter');
  await assertAccessible(app.page);
  await press(app, 'End', 'ArrowUp', 'ArrowUp');
  await press(app, 'Enter');
  assert.equal(await app.page.evaluate(() => document.activeElement.id), 'map');
  await press(app, 'Enter');
  assert.match(await panel(app), /Area of town planners/);
});

appTest('the wheel question comes once and is remembered', async app => {
  await openTeaShop(app);
  await app.page.mouse.move(...await placeOf(app, 0.5, 0.5));
  await app.page.mouse.wheel(0, 60);
  const zoom = app.page.getByRole('region', { name: 'Mouse wheel' }).getByRole('button', { name: 'Zoom' });
  await zoom.click();
  assert.equal(await zoom.count(), 0);
  await app.load();
  await app.page.mouse.wheel(0, 60);
  await app.frames(3);
  assert.equal(await zoom.count(), 0);
});

appTest('the map has words, boundaries and a shape of its own', async app => {
  await openTeaShop(app);
  await menu(app, 'File', 'Map title, axes and size…');
  await app.page.selectOption('#settings-stages', { label: 'Data: unmodelled to modelled' });
  await app.page.getByRole('dialog').locator('summary', { hasText: 'Words and boundaries' }).click();
  assert.equal(await value(app, 'settings-stage-1'), 'Unmodelled');
  await fill(app, 'settings-boundary-1', '90');
  assert.match(await app.page.locator('#settings-boundary-1-error').innerText(), /rise from left to right/);
  await assertAccessible(app.page, { within: 'dialog' });
  await fill(app, 'settings-boundary-1', '20');
  await app.page.selectOption('#settings-ratio', 'slide');
  await app.frames(2);
  assert.equal(await value(app, 'settings-height'), '619');
});
