// A page without a browser, and a grid in it whose Python is a few lines of the test.
import { readFileSync } from "node:fs";
import { Window } from "happy-dom";

const SCRIPT = "../../exercises/partnering/jupyter/script/";
const window = new Window({ url: "http://localhost/" });
for (const name of ["document", "Node", "HTMLElement", "Event", "KeyboardEvent", "DOMParser"]) globalThis[name] = window[name];
globalThis.requestAnimationFrame = (call) => call();
globalThis.CSS = { supports: () => true };
globalThis.getComputedStyle = window.getComputedStyle.bind(window);
Object.defineProperty(window.HTMLElement.prototype, "offsetParent", { get() {
  return this.closest("tr.kept > td:not(.grid-stub)") || this.hidden ? null : this.parentNode;
} }); // happy-dom lays nothing out

const { default: grid } = await import(`${SCRIPT}grid.js`);

/** A column as `grid_state.ColumnShape`. */
export const column = (name, control, facts = {}) => ({ name, label: name, help: "", control, words: [], outside: [],
  core: true, tick: false, asked: true, short: false, joined: ", ", private: false, covers: [], ...facts });
const word = (text) => [text, text, ""];
const SHARE = column("share", "choice", { words: ["room", "facilitator"].map(word), covers: ["facilitator"], tick: true });

export const table = (name, ...columns) => ({ name, label: name, help: "", upright: false, grows: true, keyed: false, columns });
export const PURPOSES = table("purposes", column("partner", "choice", { asked: false }), column("why", "text"), SHARE);

export const line = (name, row, cells, facts = {}) => ({ name, row, number: row, held: [], fixed: [], wrong: {}, cells, kept: false, ...facts });
export const state = (...lines) => ({ lines, options: { partner: [["SEM", "Semilla"], ["IDR", "Instituto"]] }, removed: false,
  notes: [], undone: { number: 0, line: "", column: "" } });

/** What Python is for a widget: values, messages, and news of changes. */
class Model {
  constructor(values) {
    this.values = values;
    this.heard = {};
    this.messages = [];
  }
  get(name) { return this.values[name]; }
  on(name, call) { (this.heard[name] ??= []).push(call); }
  off(name, call) { this.heard[name] = (this.heard[name] ?? []).filter((one) => one !== call); }
  send(message) { this.messages.push(message); }
  set(values) {
    Object.assign(this.values, values);
    for (const name of Object.keys(values)) for (const call of this.heard[`change:${name}`] ?? []) call();
  }
}

const words = new Proxy({}, { get: (_, name) => `<${String(name)}>` });

/** A grid on the page. `answer` is what Python does: it has heard, and tells the lines. */
export function open(shape, first, head = {}) {
  document.body.replaceChildren();
  const model = new Model({ words, shapes: [shape], states: { [shape.name]: first }, done: 0, opened: 1, refused: [],
    head: { place: "p", open: true, mine: false, message: "", button: "", privately: "", said: "", trouble: false, saved: true,
      tables: [shape.name], ...head } });
  const el = document.createElement("div");
  document.body.append(el);
  const close = grid.render({ model, el });
  const field = (row, name) => el.querySelector(`[data-line="${row}"][data-column="${name}"], [data-line="${row}"] [data-column="${name}"]`);
  const press = (key, facts = {}) => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...facts });
    document.activeElement.dispatchEvent(event);
    return event;
  };
  return {
    el, model, close, field, press,
    at: () => document.activeElement,
    type(text) { for (const key of text) if (!press(key).defaultPrevented) document.activeElement.value += key; },
    write(text) {
      document.activeElement.value = text;
      document.activeElement.dispatchEvent(new Event("change"));
    },
    choose(text) {
      document.activeElement.value = text;
      document.activeElement.dispatchEvent(new Event("change"));
    },
    answer(told, facts = {}) {
      const number = Math.max(0, ...model.messages.map((one) => one.number ?? 0));
      model.set({ done: number });
      model.set({ states: { [shape.name]: told }, ...facts });
    },
    doings: () => model.messages.flatMap((one) => one.doings ?? []),
  };
}
