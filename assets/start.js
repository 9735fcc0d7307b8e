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
