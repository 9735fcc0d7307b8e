// Starts the app in a page that holds all of it: the script generator's module stands before this text in the same
// element, the packed wasm in one of its own. No request is made, so the page also runs from a folder.
try {
  const packed = Uint8Array.from(atob(document.getElementById('portolan-module').textContent), it => it.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  await __wbg_init({ module_or_path: await new Response(unpacked).arrayBuffer() });
} catch (problem) {
  const message = document.createElement('p');
  message.setAttribute('role', 'alert');
  const needs = 'That takes Chrome or Edge 97, Firefox 113, Safari 16.4 or later.';
  const handout = document.getElementById('handout');
  message.textContent = handout
    ? `This browser shows and prints the map below but cannot change it. ${needs}`
    : `Portolan could not start. ${needs} If the browser is newer, reload the page.`;
  (handout ?? document.body).prepend(message);
  throw problem;
}
