// @ts-check
// The table that people type into. What they typed is only ever put in place as text, never as HTML.
// Python holds the answers; this shows them, sends what is done, and keeps the cursor where it is.
// `grid_script.py` puts these modules into one, which the notebook loads: it imports nothing.
import { filled } from "./cells.js";
import { make, grow } from "./dom.js";
import { History } from "./history.js";
import { LEFT, Post } from "./post.js";
import { Section } from "./section.js";

const NATIVE = new Set(["c", "v", "x", "z", "Z", "y", "a", "Enter"]); // Jupyter would take these for itself
const LONGEST_PRESS = 1500; // milliseconds; who lets go outside the window is not heard
let views = 0;

/**
 * @typedef {import("./section.js").Section} Table
 * @typedef {import("./post.js").Doing} Doing
 */

/** @param {import("@anywidget/types").RenderProps} context */
function render({ model, el }) {
  const words = model.get("words");
  const id = `grid-${(views += 1)}`;
  const root = make("div", { className: "grid" });
  const said = make("p", { className: "grid-said", role: "status" });
  const keys = make("p");
  const warning = make("p", { className: "grid-trouble", "aria-hidden": "true" }); // where the eyes are; read aloud is what stands below
  const legend = make("div", { className: "grid-keys", hidden: true }, keys, warning);
  const post = new Post(model, (late) => {
    root.classList.toggle("late", late);
    if (late) warning.textContent = said.textContent = words.late;
    else tell();
  });
  const elsewhere = make("p", { hidden: true, text: words.lostMine });
  const lost = make("div", { className: "grid-lost", role: "status" }, elsewhere);
  const message = make("p", { className: "grid-message", dir: "auto" });
  const button = make("button", { type: "button", className: "grid-button", onclick: () => post.say({ kind: model.get("head").open ? "close" : "open" }) });
  const above = make("div", { className: "grid-above" }, message, button);
  const history = new History();
  /** @type {Table[]} */
  let sections = [];
  /** @type {{ table: string, row: string, column: string } | null} */
  let goal = null; // the cell to go to once its table is open
  let drawn = "";
  let times = -1;
  let pressed = false; // whether something that is clicked is held down, by a mouse or a finger
  /** @type {Set<() => void>} What waits until it is let go: what moves under the pointer would not be clicked. */
  const waiting = new Set();

  /** @param {() => void} work */
  function whenStill(work) {
    if (pressed) waiting.add(work);
    else work();
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let held = undefined;

  /** @param {any} event */
  function press(event) {
    pressed = Boolean(event.target.closest?.("button, summary, label, input, a"));
    clearTimeout(held);
    if (pressed) held = setTimeout(letGo, LONGEST_PRESS);
  }

  function letGo() {
    pressed = false;
    clearTimeout(held);
    setTimeout(() => { // after the click
      for (const work of [...waiting]) if (!pressed && waiting.delete(work)) work();
    });
  }

  function tell() {
    const head = model.get("head");
    said.classList.toggle("trouble", head.trouble);
    if (said.textContent !== head.said) said.textContent = head.said;
    warning.textContent = head.trouble ? head.said : "";
  }

  // Redrawn only when somebody opens it, puts it away or comes to see more: the cursor stays where it is.
  function frame() {
    const head = model.get("head");
    message.textContent = head.message;
    button.textContent = head.button;
    button.hidden = !head.button;
    const shapes = model.get("shapes");
    const now = JSON.stringify([head.open, head.mine, head.privately, shapes.map((/** @type {any} */ shape) => [shape.name, shape.columns.length])]);
    if (now === drawn && model.get("opened") === times) return;
    drawn = now;
    times = model.get("opened");
    lost.replaceChildren(elsewhere); // what another reader typed is not for this one
    sections = shapes.map((/** @type {any} */ shape) => new Section(shape, words, post, model, `${id}-${shape.name}`, history));
    history.clear();
    root.classList.toggle("mine", head.mine);
    legend.hidden = true;
    root.replaceChildren(above, lost, ...sections.map((section) => section.node), said, ...below(head));
  }

  /** @param {any} head */
  function below(head) {
    if (!head.open || !head.privately) return [];
    const field = make("input", { type: "text", id: `${id}-mine`, autocomplete: "off", size: 8, onchange: () => {
      post.say({ kind: "mine", text: field.value });
      field.value = "";
    } });
    return [make("p", { className: "grid-mine" }, make("label", { htmlFor: field.id, text: `${head.privately} ` }), field)];
  }

  function refresh() {
    frame();
    const states = model.get("states");
    for (const section of sections) if (states[section.shape.name]) section.update(states[section.shape.name]);
    putInAgain();
    tell();
    if (goal) goTo();
  }

  // From the list of places that could not be read to the cell that it names.
  function goTo() {
    const section = sections.find((one) => one.shape.name === goal?.table);
    if (!section || !goal) return;
    if (!section.goTo(Number(goal.row), goal.column)) warning.textContent = said.textContent = words.notHere;
    goal = null;
  }

  /** @param {any} event */
  function wanted(event) {
    const way = event.target.closest?.("[data-grid-table]");
    if (!way || goal || event.defaultPrevented) return;
    const { gridTable: table, gridRow: row, gridColumn: column } = way.dataset;
    const head = model.get("head");
    if (!head.tables.includes(table) || !root.isConnected) return;
    event.preventDefault(); // one grid goes there, whichever others show the table
    goal = { table, row, column };
    if (head.open) goTo();
    else post.say({ kind: "open" });
  }

  // What was typed into a kernel that stopped before it answered; what has no place any more is told, not lost.
  function putInAgain() {
    if (!sections.length) return;
    const { place, mine } = model.get("head");
    const here = (/** @type {Doing} */ doing) => doing.place === place && sections.some((section) => section.shape.name === doing.table);
    const left = LEFT.filter((doing) => here(doing) && doing.mine === mine);
    LEFT.splice(0, LEFT.length, ...LEFT.filter((doing) => !left.includes(doing)));
    for (const section of sections) {
      const rest = section.again(left.filter((doing) => doing.table === section.shape.name)).map((/** @type {Doing} */ doing) => section.told(doing));
      lost.append(...rest.map((/** @type {string} */ what) => make("p", { dir: "auto", text: filled(words.lost, { what }) })));
    }
    elsewhere.hidden = !LEFT.some((doing) => here(doing) && doing.mine);
  }

  // What is being typed in a cell is the browser's to undo; what is done in the tables is Python's.
  /** @param {any} event */
  function step(event) {
    const at = event.target;
    const section = sections.find((one) => one.node.contains(at));
    if (at.tagName === "INPUT" || (at.tagName === "TEXTAREA" && section && at.value !== section.typedIn(at))) return;
    event.preventDefault();
    const back = event.key === "z" && !event.shiftKey;
    const table = back ? history.undo() : history.redo();
    if (table) post.put(table, back ? { undo: true } : { redo: true });
  }

  post.again = putInAgain;
  document.addEventListener("click", wanted);
  root.addEventListener("keydown", (/** @type {any} */ event) => {
    const command = event.ctrlKey || event.metaKey;
    const control = event.target;
    if (command && event.key === "s" && control.tagName === "TEXTAREA") control.dispatchEvent(new Event("change"));
    if (!command || NATIVE.has(event.key)) event.stopPropagation();
    if (command && !event.altKey && ["z", "Z", "y"].includes(event.key)) step(event);
    if (!command && !event.isComposing) sections.find((one) => one.node.contains(control))?.key(event);
  });
  for (const name of ["keyup", "keypress", "copy", "cut", "paste"]) root.addEventListener(name, (event) => event.stopPropagation());
  root.addEventListener("contextmenu", (event) => event.stopPropagation());
  // What the keys do in the cell where the cursor is.
  function tellKeys() {
    const at = document.activeElement;
    const section = sections.find((one) => one.node.contains(at));
    const told = section?.keys(at);
    keys.replaceChildren(...(told ?? []).map((/** @type {string} */ text) => make("span", { dir: "auto", text })));
    legend.hidden = !told;
    if (section && told && legend.parentNode !== section.scroll) section.scroll.append(legend);
  }

  root.addEventListener("focusin", (/** @type {any} */ event) => {
    whenStill(tellKeys);
    if (event.target.tagName === "TEXTAREA") event.target.select();
    for (const open of root.querySelectorAll("details[open]")) if (!open.contains(event.target)) open.open = false;
  });
  const refreshed = () => whenStill(refresh);
  document.addEventListener("pointerdown", press, true);
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, letGo, true);
  model.on("change:states", refreshed);
  model.on("change:head", refreshed);
  refresh();
  el.append(root);
  for (const area of root.querySelectorAll("textarea")) requestAnimationFrame(() => grow(area));
  return () => {
    document.removeEventListener("click", wanted);
    document.removeEventListener("pointerdown", press, true);
    clearTimeout(held);
    for (const name of ["pointerup", "pointercancel"]) document.removeEventListener(name, letGo, true);
    model.off("change:states", refreshed);
    model.off("change:head", refreshed);
    post.close();
  };
}

export default { render };
