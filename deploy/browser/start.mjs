// Starts Python with its packages. They come packed in few files, which the browser itself unpacks: Python would take
// seconds for it. Large compiled parts come apart: the browser keeps what it has made of them, and does not make it anew.
import { loadPyodide as load } from "./pyodide.mjs";

const SITE = "/lib/python3.14/site-packages";
const { packed, apart } = {told}; // files of packages; compiled parts

// The network can go while Python is being fetched; service-worker.js has it all the same.
const { fetch } = globalThis;
globalThis.fetch = (address, options) =>
  fetch(address, options).catch((wrong) => {
    if (!String(address).endsWith(".wasm")) throw wrong;
    return fetch(`${address}?`, options);
  });

const asked = (name) => globalThis.fetch(new URL(name, import.meta.url));
const compiled = (name) => WebAssembly.compileStreaming(asked(name))
  .catch(async () => WebAssembly.compile(await (await asked(name)).arrayBuffer())); // a host that does not name its kind

async function unpacked(name) {
  const stream = (await asked(name)).body.pipeThrough(new DecompressionStream("gzip"));
  const data = new Uint8Array(await new Response(stream).arrayBuffer());
  const end = data.indexOf(10);
  return { sizes: JSON.parse(new TextDecoder().decode(data.subarray(0, end))), data: data.subarray(end + 1) };
}

function laid({ FS }, { sizes, data }) {
  const folders = new Set();
  let at = 0;
  for (const [name, size] of sizes) {
    const path = `${SITE}/${name}`, folder = path.slice(0, path.lastIndexOf("/"));
    if (!folders.has(folder)) FS.mkdirTree(folder);
    folders.add(folder);
    FS.writeFile(path, data.subarray(at, at + size), { canOwn: true });
    at += size;
  }
}

// In its place lies a file that only says which part it is: whoever compiles that is given the part.
function given(parts) {
  WebAssembly.Module = new Proxy(WebAssembly.Module, {
    construct(Module, words) {
      const made = new Module(...words), [told] = Module.customSections(made, "apart");
      return told ? parts.get(new TextDecoder().decode(told)) : made;
    },
  });
}

// Each question about the drive goes to the page and back. An answer holds until something is written in its place, in
// it or below it, and until Python has done what it was asked: before that it cannot hear of another tab.
function remembered(drive) {
  const ask = drive.request.bind(drive), told = new Map();
  const forget = (changed) => {
    const folder = changed.slice(0, Math.max(0, changed.lastIndexOf("/")));
    for (const [question, { path }] of told) {
      if (path === changed || path === folder || path.startsWith(`${changed}/`)) told.delete(question);
    }
  };
  drive.request = (asked) => {
    const { method, path, data } = asked;
    if (!["lookup", "getattr", "readdir", "get"].includes(method)) {
      forget(path);
      if (data?.newPath !== undefined) forget(data.newPath);
      return ask(asked);
    }
    const question = `${method} ${path}`;
    if (!told.size) setTimeout(() => told.clear());
    if (!told.has(question)) told.set(question, { path, answer: ask(asked) });
    return structuredClone(told.get(question).answer); // whoever gets it adds to it
  };
}

export async function loadPyodide(options) {
  const parts = Promise.all(apart.map(async (name) => [name, await compiled(name)]));
  const files = packed.map(unpacked);
  const env = { ...options.env, PARTNERING_PARTS: new URL(".", import.meta.url).href }; // where the rest comes from
  const python = await load({ ...options, env, packages: [] }); // all of them are laid into their place here
  for (const one of files) laid(python, await one);
  given(new Map(await parts));
  const { FS } = python, mount = FS.mount;
  FS.mount = (system, ...rest) => {
    if (system.API) remembered(system.API);
    return mount.call(FS, system, ...rest);
  };
  return python;
}
