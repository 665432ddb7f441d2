// Lets the kiosk's page come up where there is no network: whenever it comes from the server, it is kept with the files
// that it names. Nothing else is answered from here, and nothing of what was given passes through.
const KEPT = 'kiosk';
const PAGE = '/kiosk/';
const FILES = '/assets/kiosk/';
// Longer than a server takes that is there.
const PATIENCE = 5_000;

self.addEventListener('install', (event) => {
  event.waitUntil(fromServer().then(keep).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate') event.respondWith(page(event));
  else if (new URL(request.url).pathname.startsWith(FILES)) event.respondWith(file(request));
});

async function fromServer() {
  const answer = await fetch(PAGE, { signal: AbortSignal.timeout(PATIENCE) });
  if (!answer.ok) throw new Error(`${PAGE}: ${answer.status}`);
  return answer;
}

async function page(event) {
  try {
    const answer = await fromServer();
    // What cannot be kept now is kept the next time; the page that was kept before stays whole.
    event.waitUntil(keep(answer.clone()).catch(() => undefined));
    return answer;
  } catch {
    return (await caches.match(PAGE)) ?? Response.error();
  }
}

async function file(request) {
  return (await caches.match(request.url, { ignoreVary: true })) ?? fetch(request);
}

// The files before the page: wherever this is cut off, the page that is kept finds its files.
async function keep(answer) {
  const cache = await caches.open(KEPT);
  const text = await answer.clone().text();
  const named = new Set(text.match(/\/assets\/kiosk\/[^\s"'<>]+/g));
  const there = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  await cache.addAll([...named].filter((name) => !there.has(name)));
  await cache.put(PAGE, answer);
  for (const name of there) if (name !== PAGE && !named.has(name)) await cache.delete(name);
}
