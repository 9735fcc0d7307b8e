// The map as a person uses it: places in evolution and visibility (0..1), tools and fields by their names.
import fs from 'node:fs';

export const TEA_SHOP = `title Tea Shop
anchor Public [0.95, 0.78]
component Cup of Tea [0.79, 0.61]
component Cup [0.73, 0.78]
component Tea [0.63, 0.81]
component Hot Water [0.52, 0.80]
component Kettle [0.43, 0.35]
component Power [0.1, 0.7]
Public->Cup of Tea
Cup of Tea->Cup
Cup of Tea->Tea
Cup of Tea->Hot Water
Hot Water->Kettle
Kettle->Power
`;

export async function openTeaShop(app) {
  return app.thenPainted(() => app.dropFile({ name: 'tea.owm', text: TEA_SHOP }));
}

// Where a place of the map is on the screen. `frame` is the size of the plane in world pixels.
export async function placeOf(app, evolution, visibility, frame = { width: 1100, height: 720 }) {
  const view = await app.page.evaluate(() => {
    const map = document.querySelector('#map');
    const corner = map.getBoundingClientRect();
    const [zoom, x, y] = map.dataset.view.split(' ').map(Number);
    return { zoom, left: corner.left + x, top: corner.top + y };
  });
  return [view.left + evolution * frame.width * view.zoom, view.top + (1 - visibility) * frame.height * view.zoom];
}

export async function clickAt(app, evolution, visibility, options) {
  await app.page.mouse.click(...await placeOf(app, evolution, visibility), options);
  await app.frames(2);
}

// Presses at the first place, moves over the others and lets go at the last.
export async function drag(app, ...places) {
  const points = [];
  for (const [evolution, visibility] of places) points.push(await placeOf(app, evolution, visibility));
  await dragPoints(app, ...points);
}

export async function dragPoints(app, first, ...others) {
  await app.page.mouse.move(...first);
  await app.page.mouse.down();
  for (const point of others) await app.page.mouse.move(...point, { steps: 5 });
  await app.page.mouse.up();
  await app.frames(3);
}

// What the fields of the details say about the one selected component.
export async function details(app) {
  const value = id => app.page.locator(`#${id}`).inputValue();
  return {
    name: await value('component-name'),
    evolution: Number(await value('component-evolution')),
    visibility: Number(await value('component-visibility')),
    going: await value('component-evolves'),
  };
}

// Chooses a row of the main menu: menu(app, 'File', 'Save as…').
export async function menu(app, group, label) {
  await app.page.getByRole('button', { name: 'Menu', exact: true }).click();
  await app.page.getByRole('menuitem', { name: group, exact: true }).click();
  await app.page.getByRole('menuitem', { name: label }).click();
}

export const status = app => app.page.locator('.status-message').innerText();

export const readText = path => fs.readFileSync(path, 'utf8');
