// Every kind of element and every setting of the map, on two routes: with clicks alone (nothing is dragged) and with the
// keyboard alone. Each is made, changed, taken away and brought back; what counts is what stands in the text and the
// details and what is drawn, and that undoing brings all of it back.
import assert from 'node:assert/strict';
import { appTest } from '../lib/app.mjs';
import { clickAt, menu, openTeaShop } from '../lib/map.mjs';

const settled = app => app.frames(3);
const type = (app, text) => app.page.keyboard.type(text);
const field = (app, id) => app.page.locator(`#${id}`);
const press = async (app, ...keys) => {
  for (const key of keys) await app.page.keyboard.press(key);
  await settled(app);
};

// With clicks; only names and numbers are typed.
const P = {
  tool: (app, name) => app.page.getByRole('navigation', { name: 'Tools' }).getByRole('button', { name, exact: true }).click(),
  async more(app, label) {
    await P.tool(app, 'More');
    await app.page.getByRole('menuitem', { name: label }).click();
    await settled(app);
  },
  async named(app, name) {
    await type(app, name);
    await press(app, 'Enter');
  },
  async fill(app, id, text) {
    await field(app, id).click();
    await field(app, id).fill(text);
    await field(app, id).press('Tab');
    await settled(app);
  },
  async choose(app, id, key) {
    await app.page.selectOption(`#${id}`, key);
    await settled(app);
  },
  async button(app, name) {
    await app.page.locator('#side-body').getByRole('button', { name, exact: true }).click();
    await settled(app);
  },
  async bar(app, name) {
    await app.page.getByRole('toolbar', { name: /^Selection/ }).getByRole('button', { name, exact: true }).click();
    await settled(app);
  },
  async barMenu(app, name) {
    await P.bar(app, 'More for the selection');
    await app.page.getByRole('menuitem', { name }).click();
    await settled(app);
  },
  async menu(app, group, name) {
    await menu(app, group, name);
    await settled(app);
  },
  async open(app, title) {
    const summary = app.page.locator('#side-body summary, dialog summary, [role=dialog] summary').filter({ hasText: title }).first();
    if (!(await summary.evaluate(it => it.parentElement.open))) await summary.click();
    await settled(app);
  },
  async tick(app, id) {
    await field(app, id).click();
    await settled(app);
  },
  async settings(app, ...work) {
    await menu(app, 'File', 'Map title, axes and size…');
    for (const step of work) await step();
    await app.page.getByRole('dialog').getByRole('button', { name: /^(Close|Done)/ }).first().click();
    await settled(app);
  },
  delete: app => P.bar(app, 'Delete'),
  undo: app => app.page.getByRole('button', { name: 'Undo', exact: true }).first().click(),
};

// With keys.
const K = {
  map: app => app.page.locator('#map').focus(),
  async on(app, ...keys) {
    await K.map(app);
    await press(app, ...keys);
  },
  async named(app, name) {
    await type(app, name);
    await press(app, 'Enter');
  },
  async find(app, words) {
    await K.on(app, 'Control+f');
    await type(app, words);
    await press(app, 'Enter');
  },
  async command(app, words) {
    await K.on(app, 'Control+k');
    await type(app, words);
    await press(app, 'Enter');
  },
  async rename(app, words) {
    await K.on(app, 'F2', 'Control+a');
    await type(app, words);
    await press(app, words ? 'Enter' : 'Delete');
    if (!words) await press(app, 'Enter');
  },
  // Walks there with Tab.
  async tabTo(app, locator) {
    for (let step = 0; step < 150; step++) {
      if ((await locator.count()) && (await locator.first().evaluate(it => it === document.activeElement))) return;
      await app.page.keyboard.press('Tab');
    }
    assert.fail(`Tab does not reach ${locator}`);
  },
  async fill(app, id, text) {
    await K.tabTo(app, field(app, id));
    await press(app, 'Control+a', 'Delete');
    await type(app, text);
    await press(app, 'Tab');
  },
  // The first letters of what is chosen.
  async choose(app, id, letters) {
    await K.tabTo(app, field(app, id));
    await type(app, letters);
    await settled(app);
  },
  async button(app, name) {
    await K.tabTo(app, app.page.getByRole('button', { name, exact: true }));
    await press(app, 'Enter');
  },
  async open(app, title) {
    const summary = app.page.locator('summary').filter({ hasText: title }).first();
    await K.tabTo(app, summary);
    if (!(await summary.evaluate(it => it.parentElement.open))) await press(app, 'Enter');
  },
  async tick(app, id) {
    await K.tabTo(app, field(app, id));
    await press(app, ' ');
  },
  async settings(app, ...work) {
    await K.command(app, 'Map title, axes');
    for (const step of work) await step();
    await press(app, 'Escape');
  },
  delete: app => K.on(app, 'Delete'),
  undo: app => K.on(app, 'Control+z'),
};

const there = async app => { const all = await said(app); return pattern => pattern.test(all); };
const text = app => app.page.locator('#text-source').inputValue();
const panel = app => app.page.locator('#side-body').evaluate(it => {
  const fields = [...it.querySelectorAll('input, textarea')].map(field => `${field.id}: ${field.value}`);
  return [it.innerText, ...fields].join('\n');
});
// What a person reads of the map: its text, and the details beside it.
const said = async app => `${await text(app)}\n${await panel(app)}`;
// A number for what is drawn, with the whole map in view. Zoomed in first: else the bitmap might be an older one, cut off
// elsewhere.
async function drawn(app) {
  for (const name of ['Zoom in', 'Fit the whole map']) {
    await app.page.evaluate(name => document.querySelector(`[aria-label="${name}"]`).click(), name);
    await settled(app);
  }
  await app.page.waitForTimeout(120);
  return app.page.evaluate(async () => {
    const bytes = new TextEncoder().encode(document.querySelector('#map .map-base').toDataURL());
    return [...new Uint8Array(await crypto.subtle.digest('SHA-1', bytes))].join();
  });
}
// The same, once nothing is drawn anew any more.
async function drawnInTheEnd(app) {
  for (let before = '', now = await drawn(app); ; [before, now] = [now, await drawn(app)]) {
    if (now === before) return now;
  }
}

async function until(app, read, holds, what) {
  let found;
  for (let i = 0; i < 80; i++) {
    found = await read(app);
    if (holds(found)) return;
    await app.page.waitForTimeout(50);
  }
  assert.fail(`${what}\n${String(found).slice(0, 3000)}`);
}

async function walk(app, how, row, hand) {
  const { created, edited, unseen } = row;
  const [textBefore, drawnBefore] = [await text(app), await drawnInTheEnd(app)];
  const reads = (pattern, what) => until(app, said, it => pattern.test(it), `${how}: ${what}: ${pattern}`);
  const lacks = (pattern, what) => until(app, said, it => !pattern.test(it), `${how}: ${what}: ${pattern}`);
  const way = row[how];
  await lacks(created, 'not there before');
  await way.create(app);
  await reads(created, 'made');
  if (!unseen) await until(app, drawn, it => it !== drawnBefore, `${how}: drawn`);
  await lacks(edited, 'not changed yet');
  await way.edit(app);
  await reads(edited, 'changed');
  await (way.remove ?? hand.delete)(app);
  await lacks(edited, 'gone');
  await lacks(created, 'gone');
  await hand.undo(app);
  await reads(edited, 'one step brings it back');
  for (let step = 0; step < 12 && ((await text(app)) !== textBefore || [created, edited].some(await there(app))); step++) {
    await hand.undo(app);
    await app.page.waitForTimeout(60);
  }
  await until(app, text, it => it === textBefore, `${how}: the text of before`);
  await lacks(created, 'not there any more');
  await until(app, drawn, it => it === drawnBefore, `${how}: the picture of before`);
}

const KETTLE = [0.35, 0.43];
const onLink = app => clickAt(app, 0.525, 0.265);
const linkByKey = async app => {
  await K.find(app, 'Kettle');
  await K.button(app, 'Details of the link to Power');
};

const ROWS = [
  {
    kind: 'anchor', created: /^anchor Nurse \[/m, edited: /^anchor Matron \[/m,
    pointer: {
      create: async app => { await P.tool(app, 'User'); await clickAt(app, 0.3, 0.9); await P.named(app, 'Nurse'); },
      edit: app => P.fill(app, 'component-name', 'Matron'),
    },
    keyboard: { create: async app => { await K.on(app, 'u'); await K.named(app, 'Nurse'); }, edit: app => K.rename(app, 'Matron') },
  },
  {
    kind: 'component', created: /^component Kiln \[/m, edited: /^component Oven \[/m,
    pointer: {
      create: async app => { await P.tool(app, 'Add'); await clickAt(app, 0.3, 0.7); await P.named(app, 'Kiln'); },
      edit: app => P.fill(app, 'component-name', 'Oven'),
    },
    keyboard: {
      create: async app => { await K.on(app, 'Insert'); await K.named(app, 'Kiln'); await press(app, 'Escape'); },
      edit: app => K.rename(app, 'Oven'),
    },
  },
  {
    kind: 'link', created: /^Hot Water->Power$/m, edited: /^Power->Hot Water$/m,
    pointer: {
      create: async app => {
        await P.tool(app, 'Link');
        await clickAt(app, 0.8, 0.52);
        await clickAt(app, 0.7, 0.1);
        await P.tool(app, 'Select');
      },
      edit: async app => { await clickAt(app, 0.75, 0.31); await P.bar(app, 'Turn round'); },
    },
    keyboard: {
      create: async app => { await K.find(app, 'Hot Water'); await K.on(app, 'l'); await K.named(app, 'pow'); },
      edit: async app => { await K.button(app, 'Details of the link to Power'); await K.command(app, 'Turn link round'); },
    },
  },
  {
    kind: 'flow link with words and a direction', created: /^Kettle\+>Power$/m, edited: /^Kettle\+'12 a day'<Power$/m,
    pointer: {
      create: async app => { await onLink(app); await P.choose(app, 'link-kind', 'forward'); },
      edit: async app => { await P.choose(app, 'link-kind', 'backward'); await P.fill(app, 'link-flow', '12 a day'); },
    },
    keyboard: {
      create: async app => { await linkByKey(app); await K.command(app, 'Make the link a flow'); },
      edit: async app => { await K.command(app, 'Make the link a flow'); await K.fill(app, 'link-flow', '12 a day'); },
    },
  },
  {
    kind: 'words on a link', created: /^Kettle->Power ?; ?by cable$/m, edited: /^Kettle->Power ?; ?by wire$/m,
    pointer: {
      create: async app => { await onLink(app); await P.fill(app, 'link-context', 'by cable'); },
      edit: app => P.fill(app, 'link-context', 'by wire'),
      remove: app => P.fill(app, 'link-context', ''),
    },
    keyboard: {
      create: async app => { await linkByKey(app); await K.rename(app, 'by cable'); },
      edit: app => K.rename(app, 'by wire'),
      remove: app => K.rename(app, ''),
    },
  },
  {
    kind: 'evolution with another name there', created: /^evolve Kettle 0\.5/m, edited: /^evolve Kettle ?-> ?Boiler 0\.8/m,
    pointer: {
      create: async app => { await clickAt(app, ...KETTLE); await P.bar(app, 'Evolve'); },
      edit: async app => { await P.fill(app, 'component-evolves', '80'); await P.fill(app, 'component-new-name', 'Boiler'); },
      remove: app => P.barMenu(app, 'Remove the evolution arrow'),
    },
    keyboard: {
      create: async app => { await K.find(app, 'Kettle'); await K.on(app, 'e'); },
      edit: async app => { await K.fill(app, 'component-evolves', '80'); await K.fill(app, 'component-new-name', 'Boiler'); },
      remove: app => K.command(app, 'Remove the evolution arrow'),
    },
  },
  {
    kind: 'inertia with a cause', created: /^component Kettle \[.*inertia/m, edited: /inertia[^]*component-cause: A long contract/,
    pointer: {
      create: async app => { await clickAt(app, ...KETTLE); await P.choose(app, 'component-inertia', 'yes'); },
      edit: app => P.fill(app, 'component-cause', 'A long contract'),
      remove: app => P.choose(app, 'component-inertia', 'no'),
    },
    keyboard: {
      create: async app => { await K.find(app, 'Kettle'); await K.on(app, 'i'); },
      edit: app => K.fill(app, 'component-cause', 'A long contract'),
      remove: app => K.on(app, 'i'),
    },
  },
  {
    kind: 'pipeline', created: /^pipeline Power/m, edited: /^pipeline Power \[0\.\d+, 0\.95\]/m,
    pointer: {
      create: async app => { await P.more(app, 'Add pipeline'); await clickAt(app, 0.7, 0.1); },
      edit: app => P.fill(app, 'pipeline-to', '95'),
    },
    keyboard: {
      create: async app => { await K.find(app, 'Power'); await K.command(app, 'Add pipeline'); },
      edit: async app => { await K.find(app, 'Pipeline of Power'); await K.fill(app, 'pipeline-to', '95'); },
    },
  },
  {
    kind: 'variant of a pipeline', created: /^ *component Gas \[/m, edited: /^ *component Oil \[/m,
    pointer: {
      create: async app => {
        await P.more(app, 'Add pipeline');
        await clickAt(app, 0.7, 0.1);
        await P.button(app, 'Add variant to pipeline');
        await P.named(app, 'Gas');
        await press(app, 'Escape');
      },
      edit: app => P.fill(app, 'component-name', 'Oil'),
    },
    keyboard: {
      create: async app => {
        await K.find(app, 'Power');
        await K.command(app, 'Add pipeline');
        await K.command(app, 'Add variant');
        await K.named(app, 'Gas');
        await press(app, 'Escape');
      },
      edit: app => K.rename(app, 'Oil'),
    },
  },
  {
    kind: 'market, then ecosystem', created: /^(market Kettle|component Kettle.*\(market\))/m, edited: /^(ecosystem Kettle|component Kettle.*\(ecosystem\))/m,
    pointer: {
      create: async app => { await clickAt(app, ...KETTLE); await P.choose(app, 'component-symbol', 'market'); },
      edit: app => P.choose(app, 'component-symbol', 'ecosystem'),
      remove: app => P.choose(app, 'component-symbol', 'plain'),
    },
    keyboard: {
      create: async app => { await K.find(app, 'Kettle'); await K.command(app, 'unmake a market'); },
      edit: app => K.command(app, 'unmake an ecosystem'),
      remove: app => K.command(app, 'unmake an ecosystem'),
    },
  },
  {
    kind: 'built, then bought, then outsourced', created: /^component Kettle.*\(build\)|^build Kettle/m, edited: /^component Kettle.*\(outsource\)|^outsource Kettle/m,
    pointer: {
      create: async app => { await clickAt(app, ...KETTLE); await P.choose(app, 'component-method', 'build'); },
      edit: async app => {
        await P.choose(app, 'component-method', 'buy');
        await until(app, text, it => /\(buy\)|^buy Kettle/m.test(it), 'bought');
        await P.choose(app, 'component-method', 'outsource');
      },
      remove: app => P.choose(app, 'component-method', ''),
    },
    keyboard: {
      create: async app => { await K.find(app, 'Kettle'); await K.command(app, 'we build it'); },
      edit: async app => {
        await K.command(app, 'we buy it');
        await until(app, text, it => /\(buy\)|^buy Kettle/m.test(it), 'bought');
        await K.command(app, 'we outsource it');
      },
      remove: app => K.command(app, 'we outsource it'),
    },
  },
  {
    kind: 'submap with a link', created: /^submap Kettle/m, edited: /example\.org\/kettle/,
    pointer: {
      create: async app => { await clickAt(app, ...KETTLE); await P.choose(app, 'component-kind', 'submap'); },
      edit: app => P.fill(app, 'component-url', 'https://example.org/kettle'),
    },
    keyboard: {
      create: async app => { await K.find(app, 'Kettle'); await K.command(app, 'unmake a submap'); },
      edit: app => K.fill(app, 'component-url', 'https://example.org/kettle'),
    },
  },
  {
    kind: 'numbered remark with several places', created: /^annotation 1 \[.*Ask$/m, edited: /^annotation 1 \[\[[^\]]*\], ?\[[^\]]*\]\] Ask the owner$/m,
    pointer: {
      create: async app => { await P.more(app, 'Add numbered remark'); await clickAt(app, 0.2, 0.2); await P.named(app, 'Ask'); },
      edit: async app => {
        await P.button(app, 'Add another place to the remark');
        await clickAt(app, 0.2, 0.6);
        await P.fill(app, 'record-text', 'Ask the owner');
      },
    },
    keyboard: {
      create: async app => { await K.on(app, 'a'); await K.named(app, 'Ask'); },
      edit: async app => {
        await K.command(app, 'Add another place');
        await K.on(app, 'Enter');
        await K.rename(app, 'Ask the owner');
      },
    },
  },
  {
    kind: 'box with all remarks', created: /^annotations \[[\d.]+, 0\.10\]/m, edited: /^annotations \[0\.20, 0\.10\]/m,
    pointer: {
      create: async app => {
        await P.more(app, 'Add numbered remark');
        await clickAt(app, 0.2, 0.2);
        await P.named(app, 'Ask');
        await P.open(app, 'Box with all remarks');
        await P.fill(app, 'box-evolution', '10');
      },
      edit: app => P.fill(app, 'box-visibility', '20'),
      remove: async app => { await P.fill(app, 'box-evolution', ''); },
    },
    keyboard: {
      create: async app => {
        await K.on(app, 'a');
        await K.named(app, 'Ask');
        await K.open(app, 'Box with all remarks');
        await K.fill(app, 'box-evolution', '10');
      },
      edit: app => K.fill(app, 'box-visibility', '20'),
      remove: app => K.fill(app, 'box-evolution', ''),
    },
  },
  {
    kind: 'note', created: /^note Agreed \[/m, edited: /^note Agreed in May \[/m,
    pointer: {
      create: async app => { await P.tool(app, 'Note'); await clickAt(app, 0.2, 0.2); await P.named(app, 'Agreed'); },
      edit: app => P.fill(app, 'record-text', 'Agreed in May'),
    },
    keyboard: { create: async app => { await K.on(app, 't'); await K.named(app, 'Agreed'); }, edit: app => K.rename(app, 'Agreed in May') },
  },
  ...[['pioneers', /^pioneers \[/m], ['settlers', /^settlers \[/m], ['town planners', /^townplanners \[/m]].map(([name, line]) => ({
    kind: `where ${name} work`, created: line, edited: new RegExp(`${line.source}[^\\]]*, 0\\.05[,\\]]`, 'm'),
    pointer: {
      create: async app => { await P.more(app, `Mark where ${name} work`); await clickAt(app, 0.1, 0.3); await clickAt(app, 0.3, 0.1); },
      edit: app => P.fill(app, 'attitude-left', '5'),
    },
    keyboard: {
      create: async app => { await K.command(app, `where ${name} work`); await K.on(app, 'Enter'); },
      edit: app => K.fill(app, 'attitude-left', '5'),
    },
  })),
  ...[['accelerator', 'Accelerator'], ['deaccelerator', 'Deaccelerator']].map(([word, words]) => ({
    kind: `${word} with a name`, created: new RegExp(`^${word} Law \\[`, 'm'), edited: new RegExp(`^${word} New law \\[`, 'm'),
    pointer: {
      create: async app => { await P.more(app, `Add ${word}`); await clickAt(app, 0.2, 0.3); await P.named(app, 'Law'); },
      edit: app => P.fill(app, 'record-name', 'New law'),
    },
    keyboard: {
      create: async app => { await K.command(app, `Add ${word}`); await K.named(app, 'Law'); },
      edit: app => K.rename(app, 'New law'),
    },
  })),
  {
    kind: 'area of interest', created: /Area Hot, 2 components/, edited: /Area Kitchen, 2 components/,
    pointer: {
      create: async app => { await P.more(app, 'Mark an area of interest'); await clickAt(app, 0.3, 0.55); await clickAt(app, 0.83, 0.4); await P.named(app, 'Hot'); },
      edit: app => P.fill(app, 'record-name', 'Kitchen'),
    },
    keyboard: {
      create: async app => {
        await K.find(app, 'Kettle');
        await K.on(app, 'Shift+ ', 'Alt+ArrowUp', 'Shift+ ', 'Control+g');
        await K.named(app, 'Hot');
      },
      edit: app => K.rename(app, 'Kitchen'),
    },
  },
  {
    kind: 'hidden component', created: /^\/\/ ?component Kettle \[/m, edited: /^\/\/ ?component Urn \[/m,
    pointer: {
      create: async app => { await clickAt(app, ...KETTLE); await P.open(app, 'More'); await P.tick(app, 'component-hidden'); },
      edit: app => P.fill(app, 'component-name', 'Urn'),
      remove: app => P.tick(app, 'component-hidden'),
    },
    keyboard: {
      create: async app => { await K.find(app, 'Kettle'); await K.command(app, 'Hide or show'); },
      edit: app => K.fill(app, 'component-name', 'Urn'),
      remove: app => K.command(app, 'Hide or show'),
    },
  },
  {
    kind: 'stages of data, practices and knowledge', created: /^evolution Unmodelled ?->/m, edited: /^evolution Concept ?->/m,
    pointer: {
      create: app => P.settings(app, () => P.choose(app, 'settings-stages', { label: 'Data: unmodelled to modelled' })),
      edit: async app => {
        await P.settings(app, () => P.choose(app, 'settings-stages', { label: 'Practices: novel to best' }));
        await until(app, text, it => /^evolution Novel ?->/m.test(it), 'practices');
        await P.settings(app, () => P.choose(app, 'settings-stages', { label: 'Knowledge: concept to accepted' }));
      },
      remove: app => P.settings(app, () => P.choose(app, 'settings-stages', { label: 'Activities: genesis to commodity' })),
    },
    keyboard: {
      create: app => K.settings(app, () => K.choose(app, 'settings-stages', 'Data')),
      edit: async app => {
        await K.settings(app, () => K.choose(app, 'settings-stages', 'Prac'));
        await until(app, text, it => /^evolution Novel ?->/m.test(it), 'practices');
        await K.settings(app, () => K.choose(app, 'settings-stages', 'Know'));
      },
      remove: app => K.settings(app, () => K.choose(app, 'settings-stages', 'Act')),
    },
  },
  {
    kind: 'number of stages and their words', created: /^evolution [^>]*->[^>]*->[^>]*$/m, edited: /^evolution Dawn ?->[^>]*->[^>]*$/m,
    pointer: {
      create: app => P.settings(app, () => P.open(app, 'Words and boundaries'), () => P.fill(app, 'settings-stage-count', '3')),
      edit: app => P.settings(app, () => P.open(app, 'Words and boundaries'), () => P.fill(app, 'settings-stage-1', 'Dawn')),
      remove: app => P.settings(app, () => P.choose(app, 'settings-stages', { label: 'Activities: genesis to commodity' })),
    },
    keyboard: {
      create: app => K.settings(app, () => K.open(app, 'Words and boundaries'), () => K.fill(app, 'settings-stage-count', '3')),
      edit: app => K.settings(app, () => K.open(app, 'Words and boundaries'), () => K.fill(app, 'settings-stage-1', 'Dawn')),
      remove: app => K.settings(app, () => K.choose(app, 'settings-stages', 'Act')),
    },
  },
  {
    kind: 'words of the value chain', created: /^y-axis .*->Seen$/m, edited: /^y-axis .*->Hidden->Seen$/m,
    pointer: {
      create: app => P.settings(app, () => P.open(app, 'Value chain axis'), () => P.fill(app, 'settings-top', 'Seen')),
      edit: app => P.settings(app, () => P.open(app, 'Value chain axis'), () => P.fill(app, 'settings-bottom', 'Hidden')),
      remove: app => P.settings(app, () => P.open(app, 'Value chain axis'), () => P.fill(app, 'settings-top', 'Visible')),
    },
    keyboard: {
      create: app => K.settings(app, () => K.open(app, 'Value chain axis'), () => K.fill(app, 'settings-top', 'Seen')),
      edit: app => K.settings(app, () => K.open(app, 'Value chain axis'), () => K.fill(app, 'settings-bottom', 'Hidden')),
      remove: app => K.settings(app, () => K.open(app, 'Value chain axis'), () => K.fill(app, 'settings-top', 'Visible')),
    },
  },
  {
    kind: 'size of the map', created: /^size \[1280, /m, edited: /^size \[1280, 800\]/m,
    pointer: {
      create: app => P.settings(app, () => P.choose(app, 'settings-ratio', 'slide'), () => P.fill(app, 'settings-width', '1280')),
      edit: app => P.settings(app, () => P.fill(app, 'settings-height', '800')),
      remove: app => P.settings(app, () => P.fill(app, 'settings-width', '1100')),
    },
    keyboard: {
      create: app => K.settings(app, () => K.choose(app, 'settings-ratio', 'Slide'), () => K.fill(app, 'settings-width', '1280')),
      edit: app => K.settings(app, () => K.fill(app, 'settings-height', '800')),
      remove: app => K.settings(app, () => K.fill(app, 'settings-width', '1100')),
    },
  },
  {
    kind: 'look of the map', created: /^style wardley$/m, edited: /^style handwritten$/m,
    pointer: {
      create: app => P.settings(app, () => P.choose(app, 'settings-style', 'wardley')),
      edit: app => P.settings(app, () => P.choose(app, 'settings-style', 'handwritten')),
      remove: app => P.settings(app, () => P.choose(app, 'settings-style', 'plain')),
    },
    keyboard: {
      create: app => K.settings(app, () => K.choose(app, 'settings-style', 'Ward')),
      edit: app => K.settings(app, () => K.choose(app, 'settings-style', 'Hand')),
      remove: app => K.settings(app, () => K.choose(app, 'settings-style', 'Plain')),
    },
  },
];

for (const row of ROWS) {
  appTest(`${row.kind}: made, changed, removed and brought back, with clicks and with keys alone`, async app => {
    await openTeaShop(app);
    await app.page.keyboard.press('Alt+t');
    await app.page.locator('#text-source').waitFor();
    await walk(app, 'pointer', row, P);
    await K.on(app, 'Escape', 'Escape');
    await walk(app, 'keyboard', row, K);
  });
}

// What no text format says is read in the dialog.
appTest('hidden axes: hidden and shown again, with clicks and with keys alone', async app => {
  await openTeaShop(app);
  const before = await drawnInTheEnd(app);
  const ticked = async (open, settings, id) => {
    let is;
    await settings(app, open, async () => { is = await field(app, id).isChecked(); });
    return is;
  };
  for (const [hand, group, id] of [
    [P, 'Words and boundaries', 'settings-stages-hidden'], [P, 'Value chain axis', 'settings-axis-hidden'],
    [K, 'Words and boundaries', 'settings-stages-hidden'], [K, 'Value chain axis', 'settings-axis-hidden'],
  ]) {
    const open = () => hand.open(app, group);
    const tick = () => hand.settings(app, open, () => hand.tick(app, id));
    await tick();
    assert.ok(await ticked(open, hand.settings, id), id);
    const without = await drawn(app);
    assert.notEqual(without, before, 'drawn without');
    await tick();
    assert.equal(await drawn(app), before, 'and with again');
    await hand.undo(app);
    assert.equal(await drawn(app), without, 'undone: hidden');
    await hand.undo(app);
    assert.equal(await drawn(app), before, 'undone: shown');
  }
});
