// The bench's yardstick: the least a page can do to show the same map. Reads the lines of the
// bench's own OWM text, draws everything in one Canvas2D pass at each change, once a frame at
// most. No culling, no layers, no undo, no accessibility. Tells what it has drawn in the same
// attributes as the app, and takes the same gestures: drop a file, Ctrl+wheel, middle drag, drag.

const WIDTH = 1200;
const HEIGHT = 700;
const RADIUS = 5;

const canvas = document.querySelector('canvas');
canvas.width = innerWidth;
canvas.height = innerHeight;
const pen = canvas.getContext('2d', { alpha: false });

let components = [];
let links = [];
let zoom = Math.min(innerWidth / (WIDTH + 120), innerHeight / (HEIGHT + 100));
let x = (innerWidth - WIDTH * zoom) / 2;
let y = (innerHeight - HEIGHT * zoom) / 2;
let painted = 0;
let waiting = false;

function draw() {
  waiting = false;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.setTransform(zoom, 0, 0, zoom, x, y);
  pen.lineWidth = 1;
  pen.strokeStyle = 'gray';
  pen.beginPath();
  pen.rect(0, 0, WIDTH, HEIGHT);
  for (const [from, to] of links) {
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
  }
  pen.stroke();
  pen.strokeStyle = 'black';
  pen.fillStyle = 'white';
  pen.beginPath();
  for (const it of components) {
    pen.moveTo(it.x + RADIUS, it.y);
    pen.arc(it.x, it.y, RADIUS, 0, 2 * Math.PI);
  }
  pen.fill();
  pen.stroke();
  pen.fillStyle = 'black';
  pen.font = '12px sans-serif';
  for (const it of components) pen.fillText(it.name, it.x + 7, it.y - 7);

  painted += 1;
  Object.assign(canvas.dataset, {
    components: components.length, links: links.length, view: `${zoom} ${x} ${y}`, frame: `${WIDTH} ${HEIGHT}`, painted,
  });
}

function change() {
  if (!waiting) {
    waiting = true;
    requestAnimationFrame(draw);
  }
}

function read(text) {
  const byName = new Map();
  links = [];
  for (const line of text.split('\n')) {
    const component = /^component (.+) \[([\d.]+), ([\d.]+)\]$/.exec(line);
    if (component) {
      byName.set(component[1], { name: component[1], x: component[3] * WIDTH, y: (1 - component[2]) * HEIGHT });
      continue;
    }
    const [from, to] = line.split('->').map(it => byName.get(it));
    if (from && to) links.push([from, to]);
  }
  components = [...byName.values()];
  change();
}

canvas.addEventListener('dragover', event => event.preventDefault());
canvas.addEventListener('drop', async event => {
  event.preventDefault();
  read(await event.dataTransfer.files[0].text());
});
canvas.addEventListener('wheel', event => {
  event.preventDefault();
  const factor = Math.exp(-event.deltaY / 500);
  x = event.clientX - (event.clientX - x) * factor;
  y = event.clientY - (event.clientY - y) * factor;
  zoom *= factor;
  change();
}, { passive: false });

let held = null;
canvas.addEventListener('pointerdown', event => {
  event.preventDefault();
  const [px, py] = [(event.clientX - x) / zoom, (event.clientY - y) / zoom];
  const hit = event.button === 0 ? components.findLast(it => Math.hypot(it.x - px, it.y - py) < 2 * RADIUS) : null;
  held = { hit, x: event.clientX, y: event.clientY };
  canvas.setPointerCapture(event.pointerId);
});
canvas.addEventListener('pointermove', event => {
  if (!held) return;
  const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
  [held.x, held.y] = [event.clientX, event.clientY];
  if (held.hit) {
    held.hit.x += dx / zoom;
    held.hit.y += dy / zoom;
  } else {
    x += dx;
    y += dy;
  }
  change();
});
canvas.addEventListener('pointerup', () => { held = null; });

change();
