// Keeps this edition in the browser, so that it opens without a network after the first visit.
// What JupyterLite's own service worker does, the kernel's way to its files, stands below.
const VERSION = "{version}"; // of all that the edition is made of: another one begins with an empty cache
const FILES = "{files}"; // what it is made of, and the hash of each: nothing else is kept, nor given beside it
const LATER = "{later}"; // what is kept only once it was asked for
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

// Which edition the host of the site has; null where it does not answer.
let there, isReached = false;
const look = () => {
  isReached = false;
  const asked = fetch(`${registration.scope}version.txt`, { cache: "no-store", signal: AbortSignal.timeout(4000) });
  const told = asked.then((answer) => (answer.ok ? answer.text() : null)).catch(() => null);
  return (there = told.then((text) => {
    isReached = text === VERSION;
    return /^[0-9a-f]{16}$/.test(text) ? text : null; // the page of a hotel's network is none
  }));
};
const isReplaced = async () => ![null, VERSION].includes(await (there ?? look()));

// Python lies in a folder called by the hash of all in it: what is kept of it is right beside any edition, and a page
// that was opened before the host had another one asks for what the host has no more.
const isCalledByItsHash = (name) => /^static\/pyodide-[0-9a-f]{16}\//.test(name);

// A browser keeps files of a host by itself: without the hash an old one could be taken for one of this edition.
const fetched = ({ url, redirect }, name) =>
  fetch(new Request(url, { cache: "no-cache", integrity: `sha256-${FILES[name]}`, redirect }));

// Asked by its exact address: to ignore what stands behind a question mark, a browser opens all that is kept.
async function answer(request) {
  const name = request.url.slice(registration.scope.length).replace(/[?#].*$/, "").replace(/(^|\/)$/, "$1index.html");
  if (!(name in FILES)) return fetch(request);
  const cache = await store(), address = registration.scope + name;
  const whatIsKept = () => cache.match(address, { ignoreVary: true });
  let kept = isCalledByItsHash(name) && (await whatIsKept());
  if (kept) return kept;
  if (await isReplaced()) return fetch(request.mode === "navigate" ? request : new Request(request, { cache: "no-cache" }));
  kept = await whatIsKept();
  if (kept) return kept;
  try {
    const fresh = await fetched(request, name);
    if (fresh.status === 200) cache.put(address, fresh.clone()).catch(() => {});
    return fresh;
  } catch {
    await look(); // the host has another edition by now; or it changes what it gives, and nothing is kept of it
    return (await isReplaced()) ? Response.error() : fetch(request);
  }
}

// Whether all of it is kept.
async function keepAll() {
  const cache = await store();
  let isWhole = true;
  for (const name of Object.keys(FILES).filter((one) => !LATER.includes(one))) {
    const address = registration.scope + name;
    if (await isReplaced()) return false; // the next one waits until this one has ended
    if (await cache.match(address)) continue;
    const fresh = fetched({ url: address, redirect: "follow" }, name);
    isWhole = await fresh.then((one) => cache.put(address, one)).then(() => isWhole, () => false);
  }
  return isWhole;
}

self.addEventListener("fetch", (event) => {
  if (!isOurs(event.request)) return;
  event.stopImmediatePropagation();
  if (isOwn(event.request)) return event.respondWith(new Response(null, { status: 404 }));
  if (event.request.mode === "navigate") look();
  // Python itself is compiled anew, for seconds, unless it comes from where the browser keeps what it has compiled.
  // Does the network go meanwhile, start.mjs asks once more, with a question mark behind: then it is what is kept here.
  if (isReached && event.request.url.endsWith(".wasm")) return;
  event.respondWith(answer(event.request));
});
self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keepAll().then((isWhole) => isWhole && event.source?.postMessage("kept")));
});
self.addEventListener("activate", (event) => {
  const old = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => /^partnering-/.test(name) && name !== CACHE_NAME).map((name) => caches.delete(name)));
  };
  event.waitUntil(old());
  look();
});
