// Put into the page before its own scripts: measures from inside, and knows of the page only the
// attributes of its map element (see lib/app.mjs). Times are milliseconds since navigation.
(() => {
  const MAP = '[data-painted]';
  const told = { frames: null };
  const presented = new Map();
  let markers = 0;

  // The browser tells when an element with `elementtiming` first reached the screen. A one-letter
  // marker added in the frame that draws the map so tells when that drawing did.
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) presented.get(entry.identifier)?.(entry.renderTime || entry.startTime);
  }).observe({ type: 'element', buffered: true });

  function mark() {
    const marker = document.createElement('div');
    const name = `bench-${(markers += 1)}`;
    marker.setAttribute('elementtiming', name);
    marker.textContent = 'x';
    Object.assign(marker.style, { position: 'fixed', left: '0', top: '0', font: '6px monospace', color: 'gray', pointerEvents: 'none', zIndex: '99999' });
    const time = new Promise((resolve, reject) => {
      presented.set(name, resolve);
      setTimeout(() => reject(new Error('the browser did not tell when the frame was presented')), 30_000);
    });
    document.documentElement.append(marker);
    return time.finally(() => marker.remove());
  }

  const fits = n => {
    const data = document.querySelector(MAP)?.dataset;
    return data && Number(data.painted) > 0 && (n === undefined || Number(data.components) === n);
  };

  // Time at which the first drawing with n components (any number: undefined) was on the screen.
  // The map's attributes change in the task that draws, so an observer of them runs before the
  // frame ends.
  function whenShown(n) {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!fits(n)) return false;
        observer.disconnect();
        mark().then(resolve, reject);
        return true;
      };
      const observer = new MutationObserver(look);
      if (!look()) observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-painted'] });
    });
  }

  told.whenShown = whenShown;

  // Opens text as a file dropped on the map; milliseconds until its n components are shown.
  told.open = async (text, n) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'bench.owm', { type: 'text/plain' }));
    const map = document.querySelector(MAP);
    const box = map.getBoundingClientRect();
    const place = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
    const start = performance.now();
    const shown = whenShown(n);
    for (const kind of ['dragenter', 'dragover', 'drop']) {
      map.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer, ...place }));
    }
    return (await shown) - start;
  };

  // Frame intervals from the first change of what the map tells until `stop`, and how many of the
  // frames showed something new.
  told.start = () => {
    const run = { times: [], first: null, last: null, states: 0, on: true };
    told.frames = run;
    const state = () => {
      const { view, painted, preview } = document.querySelector(MAP).dataset;
      return `${view} ${painted} ${preview ?? ''}`;
    };
    run.last = state();
    const tick = time => {
      if (!run.on) return;
      run.times.push(time);
      const now = state();
      if (now !== run.last) {
        run.last = now;
        run.states += 1;
        run.first ??= run.times.length - 1;
      }
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  };
  told.stop = () => {
    const run = told.frames;
    run.on = false;
    const times = run.times.slice(Math.max(0, (run.first ?? 0) - 1));
    return { intervals: times.slice(1).map((time, at) => time - times[at]), states: run.states };
  };

  // Where a position of the map lies in the window.
  told.place = (visibility, evolution) => {
    const map = document.querySelector(MAP);
    const [zoom, x, y] = map.dataset.view.split(' ').map(Number);
    const [width, height] = map.dataset.frame.split(' ').map(Number);
    const box = map.getBoundingClientRect();
    return { x: box.x + x + evolution * width * zoom, y: box.y + y + (1 - visibility) * height * zoom };
  };

  window.__bench = told;
})();
