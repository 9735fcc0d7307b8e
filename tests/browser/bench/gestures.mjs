// The gestures of the bench, sent through the browser's input pipeline: one event each sixtieth of
// a second without waiting for the page, as a hand does; a page that cannot follow gets them merged
// by the browser. Each returns what the probe measured.

export const GESTURES = ['pan', 'zoom', 'drag'];
const STEPS = 120;
const FRAME = 1000 / 60;

export const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

async function drive(page, cdp, event) {
  await page.evaluate(() => window.__bench.start());
  const start = performance.now();
  const sent = [];
  for (let i = 0; i < STEPS; i++) {
    sent.push(cdp.send('Input.dispatchMouseEvent', event(i)));
    const rest = start + (i + 1) * FRAME - performance.now();
    if (rest > 0) await pause(rest);
  }
  await Promise.all(sent);
  return page.evaluate(() => window.__bench.stop());
}

const circle = (centre, radius, i) => ({
  x: centre.x + radius * Math.sin((i / 40) * 2 * Math.PI),
  y: centre.y + radius * (1 - Math.cos((i / 40) * 2 * Math.PI)),
});

const act = {
  // Middle button, round in circles.
  async pan({ page, cdp }, centre) {
    await page.mouse.move(centre.x, centre.y);
    await page.mouse.down({ button: 'middle' });
    const result = await drive(page, cdp, i => ({ type: 'mouseMoved', button: 'middle', buttons: 4, ...circle(centre, 100, i + 1) }));
    await page.mouse.up({ button: 'middle' });
    return result;
  },
  // Ctrl+wheel in small steps, as a touchpad sends them: half a second in, half a second out.
  async zoom({ page, cdp }, centre) {
    await page.mouse.move(centre.x, centre.y);
    return drive(page, cdp, i => ({ type: 'mouseWheel', modifiers: 2, deltaX: 0, deltaY: Math.floor(i / 30) % 2 === 0 ? -20 : 20, ...centre }));
  },
  // The hub, round in circles; first out of the radius in which a press is still a click.
  async drag({ page, cdp }, _, hub) {
    await page.mouse.move(hub.x, hub.y);
    await page.mouse.down();
    await page.mouse.move(hub.x + 8, hub.y + 6);
    await page.mouse.move(hub.x + 16, hub.y + 12);
    const result = await drive(page, cdp, i => ({ type: 'mouseMoved', button: 'left', buttons: 1, ...circle(hub, 100, i + 1) }));
    await page.mouse.up();
    return result;
  },
};

// Does one gesture on an open map with this hub, and throws when nothing moved: then its frame
// times say nothing.
export async function perform(gesture, { page, cdp }, hub) {
  const place = await page.evaluate(it => window.__bench.place(it.visibility, it.evolution), hub);
  const box = await page.locator('[data-painted]').boundingBox();
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const result = await act[gesture]({ page, cdp }, centre, place);
  if (result.states < 4) throw new Error(`${gesture} showed only ${result.states} different views`);
  await pause(700);
  if (gesture === 'drag') await page.keyboard.press('Control+z');
  return result;
}
