// Keeps this edition in the browser, so that it opens without a network after the first visit.
// What JupyterLite's own service worker does, the kernel's way to its files, stands in the other file.
const VERSION = "{version}"; // of all that the edition is made of: another one begins with an empty cache
const CACHE_NAME = `partnering-${VERSION}`;

const isOurs = (request) => {
  const url = new URL(request.url);
  return request.method === "GET" && url.href.startsWith(registration.scope)
    && !/\/api\/(drive|stdin|service-worker-heartbeat)/.test(url.pathname);
};

async function answer(request) {
  const cache = await caches.open(CACHE_NAME);
  const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok && fresh.status === 200) cache.put(request.url.replace(/\?.*$/, ""), fresh.clone()).catch(() => {});
  return fresh;
}

async function keepAll() {
  const cache = await caches.open(CACHE_NAME);
  const listed = await (await fetch(`${registration.scope}offline.json`)).json();
  for (const name of listed) {
    const url = registration.scope + name;
    if (!(await cache.match(url))) await cache.add(url).catch(() => {});
  }
  return cache.put(`${registration.scope}kept`, new Response("all"));
}

self.addEventListener("fetch", (event) => {
  if (!isOurs(event.request)) return;
  event.stopImmediatePropagation();
  event.respondWith(answer(event.request));
});
self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keepAll().then(() => event.source?.postMessage("kept")));
});
self.addEventListener("activate", (event) => {
  const old = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => /^partnering-/.test(name) && name !== CACHE_NAME).map((name) => caches.delete(name)));
  };
  event.waitUntil(old());
});
importScripts("jupyterlite-service-worker.js");
