// Keeps the hosted app for use without a network: all files of one build, or none. Written by the build, which fills in
// the version and the files; a new build is another text, by which the browser knows that there is one.
const VERSION = '{version}';
const FILES = {files};
// The app as one page is large and needed only for sending: kept when the page asks for it.
const LATER = './{single}';
// Other copies of the app may live on the same host, in other folders.
const PREFIX = `portolan ${self.registration.scope} `;
const CACHE = PREFIX + VERSION;

// Names with a fingerprint never change their content, so the browser's own copy will do.
const fetchable = file => new Request(file, { cache: /-[0-9a-f]{16}\w*\.\w+$/.test(file) ? 'default' : 'no-cache' });

self.addEventListener('install', event => {
  event.waitUntil(caches.open(CACHE).then(cache => cache.addAll(FILES.map(fetchable))));
});

self.addEventListener('activate', event => {
  event.waitUntil(caches.keys().then(names =>
    Promise.all(names.filter(it => it.startsWith(PREFIX) && it !== CACHE).map(it => caches.delete(it)))));
});

self.addEventListener('message', event => {
  if (event.data === 'take-over') self.skipWaiting();
  if (event.data === 'keep-page') event.waitUntil(keepPage());
});

async function keepPage() {
  const cache = await caches.open(CACHE);
  if (await cache.match(LATER)) return;
  // No network just now: another start will do it.
  await cache.add(fetchable(LATER)).catch(() => {});
}

self.addEventListener('fetch', event => {
  const { request } = event;
  const [address] = request.url.split(/[?#]/);
  const scope = self.registration.scope;
  if (request.method !== 'GET' || !address.startsWith(scope)) return;
  const home = address === scope || address === `${scope}index.html`;
  event.respondWith(caches.open(CACHE).then(async cache => await cache.match(home ? scope : request) ?? fetch(request)));
});
