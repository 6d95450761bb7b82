// The service worker: keeps the shell and the last pages, so that recording starts without a network.
// `SHELL` and `HOME` come from /lam-viec/sw.js. Nothing is sent from here: pages send (outbox.js).

const shell = `shell-${SHELL.version}`;
const pages = "pages";
const patience = 4000; // milliseconds; then the page kept here is better than none

addEventListener("install", (event) => {
  event.waitUntil(caches.open(shell).then((cache) => cache.addAll(SHELL.files)));
  skipWaiting();
});

addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith("shell-") && name !== shell) await caches.delete(name);
      await clients.claim();
    })(),
  );
});

addEventListener("message", (event) => event.waitUntil(keepAll(event.data.keep ?? [])));

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (SHELL.files.includes(address.pathname)) event.respondWith(fromShell(request));
  else if (request.mode === "navigate" && address.pathname.startsWith(SHELL.home)) event.respondWith(page(request, address));
});

async function fromShell(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function page(request, address) {
  const isKept = SHELL.pages.includes(address.pathname);
  const here = isKept && (await caches.match(address.pathname, { cacheName: pages }));
  const there = fetch(request).then((answer) => keep(address, answer));
  there.catch(() => {}); // it may fail after the page kept here was shown
  try {
    const answer = await (here ? Promise.race([there, after(patience, here)]) : there);
    return here && answer.status >= 500 ? here : answer;
  } catch {
    // The page that opens without a network is the form itself.
    return here || (await caches.match(SHELL.form, { cacheName: pages })) || Response.error();
  }
}

const after = (time, what) => new Promise((done) => setTimeout(done, time, what.clone()));

async function keep(address, answer) {
  if (answer.ok && !answer.redirected && !address.search && SHELL.pages.includes(address.pathname)) {
    const cache = await caches.open(pages);
    await cache.put(address.pathname, answer.clone());
  }
  return answer;
}

async function keepAll(paths) {
  const cache = await caches.open(pages);
  for (const path of paths) {
    if (await cache.match(path)) continue;
    const answer = await fetch(path, { credentials: "same-origin" }).catch(() => null);
    if (answer?.ok && !answer.redirected) await cache.put(path, answer);
  }
}
