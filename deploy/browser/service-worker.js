// Keeps this edition in the browser, so that it opens without a network after the first visit.
// What JupyterLite's own service worker does, the kernel's way to its files, stands in the other file.
const VERSION = "{version}"; // of all that the edition is made of: another one begins with an empty cache
const CACHE_NAME = `partnering-${VERSION}`;

const isOurs = (request) => {
  const url = new URL(request.url);
  return request.method === "GET" && url.href.startsWith(registration.scope)
    && !/\/api\/(drive|stdin|service-worker-heartbeat)/.test(url.pathname);
};

// JupyterLite asks the host too for what lies in each folder: what partnerships are called stays in this browser.
const isOwn = (request) => /\/my-partnerships(\/|$)/.test(new URL(request.url).pathname);

let opened; // to open it for each file costs
const store = () => (opened ??= caches.open(CACHE_NAME));

// Asked by its exact address: to ignore what stands behind a question mark, a browser opens all that is kept.
async function answer(request) {
  const address = request.url.replace(/\?.*$/, "");
  const cache = await store();
  const kept = await cache.match(address, { ignoreVary: true });
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok && fresh.status === 200) cache.put(address, fresh.clone()).catch(() => {});
  return fresh;
}

// Python itself is compiled anew, for seconds, unless it comes from where the browser keeps what it has compiled.
let isReached = false; // whether the host of the site answers
const look = () => {
  isReached = false;
  fetch(`${registration.scope}size.txt`, { cache: "no-store" }).then((told) => { isReached = told.ok; }, () => {});
};

async function keepAll() {
  const cache = await store();
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
  if (isOwn(event.request)) return event.respondWith(new Response(null, { status: 404 }));
  if (event.request.mode === "navigate") look();
  if (isReached && event.request.url.endsWith(".wasm")) return;
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
  look();
});
importScripts("jupyterlite-service-worker.js");
