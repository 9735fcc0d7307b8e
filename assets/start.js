// Starts the app. A file of its own because the page's content security policy allows no
// inline script; the names of the two files to start come from the links in the page, which
// the build writes (pattern_script in Trunk.toml).
const file = part => document.querySelector(`link[data-app="${part}"]`).href;

try {
  const { default: init } = await import(file('script'));
  await init({ module_or_path: file('wasm') });
} catch (problem) {
  const message = document.createElement('p');
  message.setAttribute('role', 'alert');
  message.textContent = 'Portolan could not start. It needs a current browser with WebAssembly; if yours has it, reload the page.';
  document.body.prepend(message);
  throw problem;
}

// From here on the app can start without a network. Where the browser keeps nothing (private windows, policies) it
// works all the same.
const worker = document.querySelector('meta[name="portolan-worker"]')?.content;
if (worker && 'serviceWorker' in navigator) {
  const workers = navigator.serviceWorker;
  const registration = await workers.register(worker).catch(() => null);
  if (registration) {
    // Without an active one the waiting one is the first there is.
    const tell = () => {
      if (!registration.waiting || !registration.active) return;
      document.documentElement.dataset.update = 'ready';
      window.dispatchEvent(new Event('portolan-update'));
    };
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', tell));
    tell();
    // The person asked for it; what they have done so far is kept (src/platform/update.rs).
    window.addEventListener('portolan-load-update', () => {
      const next = registration.waiting;
      if (!next) return location.reload();
      next.addEventListener('statechange', () => { if (next.state === 'activated') location.reload(); });
      next.postMessage('take-over');
    });
    // Pages stay open for days.
    setInterval(() => registration.update().catch(() => {}), 3_600_000);
    const { active } = await workers.ready;
    setTimeout(() => active.postMessage('keep-page'), 5_000);
  }
}
