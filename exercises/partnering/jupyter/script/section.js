// @ts-check
// One table of the grid: its lines, its cells, and what the keys do there.
import { choose } from "./choosing.js";
import { HELD, filled, nextName, onward, plainText, stem } from "./cells.js";
import { grow, make, replace } from "./dom.js";
import { History } from "./history.js";
import { fromClipboard } from "./pasting.js";

const SHORT = 40; // letters of a name that stand in a line without being shortened
const CUT = 16; // letters of a choice that a narrow column shows
let lines = 0;

/** @returns {any} The node where the cursor is. */
const here = () => document.activeElement;

export class Section {
  /**
   * @param {any} shape As `grid_state.TableShape`.
   * @param {Record<string, string>} words What the grid says, in the language of the room.
   * @param {import("./post.js").Post} post
   * @param {import("@anywidget/types").AnyModel} model
   * @param {string} id What the ids of this table's nodes begin with.
   * @param {History} history In which order was typed in all tables of the grid.
   */
  constructor(shape, words, post, model, id, history = new History()) {
    this.shape = shape;
    this.words = words;
    this.post = post;
    this.model = model;
    this.id = id;
    this.history = history;
    /** @type {Map<string, any>} The lines by their names. */
    this.rows = new Map();
    /** @type {Map<string, number>} The number of what was sent last of a cell. */
    this.sent = new Map();
    /** @type {Record<string, any[]>} What the references may point to. */
    this.options = {};
    /** @type {any[]} */
    this.columns = shape.columns;
    /** @type {{ row: any, column: string } | null | undefined} Where somebody began to fill in a line. */
    this.began = null;
    this.full = false;
    this.went = 0; // the number of what was undone last, when the cursor went there
    this.build();
  }

  // What changes answers, so that it can be undone.
  put(doing) {
    this.history.add(this.shape.name);
    return this.post.put(this.shape.name, doing);
  }

  build() {
    const { shape, words } = this;
    this.body = make("tbody");
    const caption = make("caption", { dir: "auto" }, make("span", { className: "grid-title", text: shape.label }));
    if (shape.help) caption.append(make("span", { className: "grid-help", text: shape.help }));
    this.table = make("table", { className: shape.upright ? "grid-table upright" : "grid-table" }, caption);
    if (!shape.upright) this.table.append(this.heads());
    this.table.append(this.body);
    this.add = make("button", { type: "button", className: "grid-button", text: words.add, onclick: () => this.addLine() });
    this.back = make("button", { type: "button", className: "grid-button", text: words.back, hidden: true,
      onclick: () => this.post.put(shape.name, { restore: true }) });
    this.more = make("input", { type: "checkbox", id: `${this.id}-full`, onchange: () => this.showFull(this.more.checked) });
    const more = this.columns.some((column) => !column.core) &&
      make("label", { className: "grid-more", htmlFor: this.more.id }, this.more, make("span", { text: words.full }));
    this.notes = make("div", { className: "grid-notes" });
    this.scroll = make("div", { className: "grid-scroll" }, this.table);
    this.node = make("section", { className: "grid-section", "aria-label": shape.label, tabIndex: -1 },
      this.scroll, this.notes,
      make("div", { className: "grid-tools" }, !shape.upright && this.add, this.back, more));
    this.node.addEventListener("paste", (event) => this.paste(event));
    this.node.addEventListener("pointerdown", () => { this.began = null; });
  }

  heads() {
    const row = make("tr");
    row.append(make("th", { scope: "col", className: "grid-row" }, make("span", { className: "grid-unseen", text: this.words.row })));
    for (const column of this.columns) {
      row.append(make("th", { scope: "col", dir: "auto", className: this.looks(column), title: column.help },
        make("span", { className: "grid-label", text: column.label }),
        column.private && make("span", { className: "grid-private", text: this.words.private }),
        make("span", { className: "grid-help", text: column.help })));
    }
    row.append(make("th", { scope: "col", className: "grid-last" }, make("span", { className: "grid-unseen", text: this.words.remove })));
    return make("thead", {}, row);
  }

  looks(column) {
    const first = column === this.columns[0] && !this.shape.upright;
    return `col-${column.short ? "short" : column.control}${column.core ? "" : " full"}${first ? " first" : ""}`;
  }

  showFull(on) {
    this.full = on;
    this.more.checked = on;
    this.table.classList.toggle("with-full", on);
  }

  get inSight() {
    return this.columns.filter((column) => column.core || this.full).map((column) => column.name);
  }

  // ---------------------------------------------------------------- what is there

  update(state) {
    const focused = here();
    const had = this.node.contains(focused) ? focused : null;
    const marked = had?.tagName === "TEXTAREA" ? [had.selectionStart, had.selectionEnd] : null;
    this.options = state.options;
    const there = new Set(state.lines.map((line) => line.name));
    for (const [name, row] of this.rows) {
      if (!there.has(name) && !(row.asked > this.model.get("done")) && !this.beingTyped(row)) {
        if (this.shape.upright) this.body.replaceChildren();
        else row.node.remove();
        this.rows.delete(name);
      }
    }
    const ahead = [...this.rows.values()].filter((row) => !there.has(row.name)); // begun here, not told by Python yet
    let before = null;
    for (const line of state.lines) {
      const known = this.rows.get(line.name) ?? this.newRow(line.name);
      this.fill(known, line);
      for (const row of this.chain(known, ahead)) {
        const after = before ? before.nextSibling : this.body.firstChild;
        if (after !== row.node && !this.shape.upright) this.body.insertBefore(row.node, after);
        before = row.node;
      }
    }
    if (!this.full && this.columns.some((column) => !column.core && state.lines.some((line) => line.cells[column.name]))) this.showFull(true);
    this.back.hidden = !state.removed;
    this.notes.replaceChildren(...state.notes.map((text) => make("p", { dir: "auto", text })));
    if (this.goBackTo(state.undone) || !had || document.activeElement === had || this.rowOf(had)?.line.kept) return;
    (had.isConnected ? had : this.waiting(had) ?? this.node).focus();
    if (had.isConnected && marked) had.setSelectionRange(marked[0], marked[1]);
  }

  // The cursor goes to where something was undone or done again, once.
  goBackTo({ number, line, column }) {
    if (number === this.went) return false;
    this.went = number;
    const row = this.rows.get(line);
    const goal = row && (row.line.kept ? row.stub : this.controls(row).find((one) => one.dataset.column === column) ?? this.controls(row)[0]);
    goal?.focus();
    return Boolean(goal);
  }

  // A line, and below it those that people began there.
  chain(row, ahead) {
    const next = ahead.find((one) => one.follows === row.name);
    return next ? [row, ...this.chain(next, ahead)] : [row];
  }

  // Whether the cursor is in a line and has written what is not sent yet.
  beingTyped(row) {
    const at = here();
    const cell = [...row.cells.values()].find((one) => one.control === at);
    return Boolean(cell) && at.tagName === "TEXTAREA" && at.value !== plainText(cell.text);
  }

  // Where the cursor goes when its line is gone: the same column of the line that waits in its place.
  waiting(control) {
    const name = stem(control.dataset.line ?? "");
    const row = [...this.rows.values()].find((one) => one.line.row === null && stem(one.name) === name);
    return row && this.controls(row).find((one) => one.dataset.column === control.dataset.column);
  }

  newRow(name) {
    const row = { name, cells: new Map(), node: this.shape.upright ? this.body : make("tr"), number: make("span") };
    if (!this.shape.upright) row.node.append(make("td", { className: "grid-row" }, row.number));
    for (const column of this.columns) {
      const cell = make("td", { className: this.looks(column) });
      row.cells.set(column.name, { node: cell, column });
      if (this.shape.upright) {
        const head = make("th", { scope: "row", dir: "auto" }, make("span", { className: "grid-label", text: column.label }),
          make("span", { className: "grid-help", text: column.help }));
        row.node.append(make("tr", { className: column.core ? "" : "full" }, head, cell));
      } else row.node.append(cell);
    }
    row.gone = make("button", { type: "button", className: "grid-remove", text: "×", onclick: () => this.removeLine(row) });
    if (!this.shape.upright) row.node.append(make("td", { className: "grid-last" }, row.gone));
    this.rows.set(name, row);
    return row;
  }

  fill(row, line) {
    row.line = line;
    const done = this.model.get("done");
    if (![...row.cells.keys()].some((name) => (this.sent.get(`${row.name}|${name}`) ?? 0) > done)) row.begun = false;
    const covered = line.held.length > 0; // which of its boxes were left empty is not told, nor by a number
    row.number.textContent = covered ? "·" : line.number ?? "·";
    if (!this.shape.upright) row.node.classList.toggle("waiting", line.row === null && !covered);
    row.gone.setAttribute("aria-label", `${this.words.remove}: ${this.called(row)}`);
    row.gone.hidden = line.kept || (line.row === null && !covered && !line.name.startsWith("line-"));
    this.keepBack(row, line.kept);
    for (const cell of row.cells.values()) {
      const name = cell.column.name;
      const text = line.held.includes(name) ? HELD : line.cells[name] ?? "";
      const pending = this.sent.get(`${line.name}|${name}`);
      if (pending !== undefined && pending > done) continue;
      this.sent.delete(`${line.name}|${name}`);
      this.show(row, cell, text, line.fixed.includes(name), line.wrong[name] ?? "");
    }
  }

  // A line that was kept back here: it stays where it is, says so, and nobody reads or types in it.
  keepBack(row, kept) {
    row.node.classList.toggle("kept", kept);
    if (!kept) {
      const had = row.stub?.contains(document.activeElement);
      row.place?.remove();
      row.stub = row.place = null;
      if (had) this.controls(row)[0]?.focus();
      return;
    }
    const at = here();
    const inside = row.node.contains(at);
    const cell = inside && [...row.cells.values()].find((one) => one.control === at);
    if (cell && at.tagName === "TEXTAREA") this.send(row, cell, at.value); // it was being typed: it is kept back too
    if (!row.stub) {
      row.stub = make("span", { className: "grid-kept", dir: "auto", tabIndex: 0, role: "note" });
      row.stub.dataset.kept = "yes";
      row.place = make("td", { className: "grid-stub", colSpan: row.cells.size + 1 }, row.stub);
      row.node.append(row.place);
      row.stub.dataset.line = row.name;
    }
    const saved = this.model.get("head").saved ? this.words.keptSaved : this.words.kept;
    const text = [row.line.cells.partner, saved].filter(Boolean).join(", ");
    if (row.stub.textContent !== text) row.stub.textContent = text;
    if (inside && !row.stub.contains(at)) row.stub.focus();
  }

  called(row) {
    const number = row.line.row === null ? this.words.newRow : filled(this.words.inRow, { row: row.line.number });
    return [number, ...row.line.fixed.map((name) => row.line.cells[name])].join(", ");
  }

  // ---------------------------------------------------------------- one cell

  show(row, cell, text, fixed, wrong) {
    const column = cell.column;
    const kind = fixed ? "fixed" : column.control === "many" && wrong ? "text" : column.control;
    if (cell.kind !== kind) {
      const had = cell.node.contains(document.activeElement);
      cell.kind = kind;
      cell.control = this.control(kind, row, cell);
      cell.control.dataset.line = row.name;
      cell.node.replaceChildren(cell.control);
      cell.told = null;
      if (had) this.focusable(cell)?.focus();
    }
    cell.text = text;
    const label = this.shape.upright ? column.label : `${column.label}, ${this.called(row)}`;
    if (kind === "fixed") this.fillFixed(cell, column, text);
    else if (kind === "choice") this.fillChoice(cell.control, column, text);
    else if (kind === "many") this.fillMany(cell, text, label);
    else if (row.line.kept || cell.control !== document.activeElement || cell.control.value === cell.typed) {
      const there = plainText(text);
      if (cell.control.value !== there) replace(cell.control, there);
      if (text === HELD) cell.control.placeholder = this.words.held;
      else if (cell.control.placeholder === this.words.held) cell.control.placeholder = "";
      cell.typed = there;
      grow(cell.control);
    }
    if (kind !== "fixed" && kind !== "many") cell.control.setAttribute("aria-label", label);
    this.mark(row, cell, wrong);
  }

  // What is wrong stands in words beside what was typed, and is read out with it.
  mark(row, cell, wrong) {
    const control = this.focusable(cell);
    cell.node.classList.toggle("wrong", Boolean(wrong));
    if (!wrong) {
      cell.told?.remove();
      cell.told = null;
      control?.removeAttribute("aria-invalid");
      control?.removeAttribute("aria-describedby");
      return;
    }
    if (!cell.told) {
      cell.told = make("p", { className: "grid-wrong", dir: "auto", id: `${this.id}-${row.name}-${cell.column.name}`.replace(/[^\w-]/g, "_") });
      cell.node.append(cell.told);
    }
    cell.told.textContent = `⚠ ${wrong}`;
    if (cell.kind !== "many") control?.setAttribute("aria-invalid", "true");
    control?.setAttribute("aria-describedby", cell.told.id);
  }

  focusable(cell) {
    if (!cell.control || cell.kind === "fixed") return null;
    return cell.kind === "many" ? cell.control.querySelector("summary") : cell.control;
  }

  control(kind, row, cell) {
    const column = cell.column;
    const facts = { dir: "auto" };
    if (kind === "fixed") return make("span", { className: "grid-fixed", dir: "auto" });
    if (kind === "many") {
      return make("details", { className: "grid-many", ontoggle: () => cell.node.classList.toggle("open", cell.control.open) },
        make("summary", facts), this.finder(cell), make("fieldset"));
    }
    const send = (event) => this.send(row, cell, event.target.value);
    const node = kind === "choice" ? make("select", { ...facts, className: column.words.length ? "words" : "", onchange: send })
      : make("textarea", { ...facts, rows: 1, autocomplete: "off", onchange: send, oninput: (event) => grow(event.target),
        placeholder: column.control === "date" ? this.words.day : "", inputMode: ["whole", "amount"].includes(column.control) ? "decimal" : "text" });
    node.dataset.column = column.name;
    if (column.asked) node.dataset.asked = "yes";
    return node;
  }

  // What the form has printed. Long words are short until somebody wants to read them: by the button, or by coming
  // into the line, where the whole stands below the table. Tab passes the button, as it would come on every line.
  fillFixed(cell, column, text) {
    const parts = this.spoken(column, text);
    const words = parts.map((part) => part.textContent).join("");
    if (cell.words === words && cell.control.firstChild) return;
    cell.words = words;
    cell.control.replaceChildren(...parts);
    if (words.length <= SHORT) return;
    const more = make("button", { type: "button", className: "grid-whole", text: "…", tabIndex: -1, onclick: () => {
      const whole = cell.control.classList.toggle("whole");
      more.setAttribute("aria-expanded", String(whole));
    } });
    more.setAttribute("aria-label", `${this.words.whole}: ${text}`);
    more.setAttribute("aria-expanded", "false");
    cell.control.classList.add("long");
    cell.control.append(more);
  }

  spoken(column, code) {
    const words = (this.options[column.name] ?? []).find(([name]) => name === code)?.[1]
      ?? column.words.find(([name]) => name === code)?.[1];
    return [make("strong", { text: column.words.length && words ? words : code }),
      words && words !== code && !column.words.length && make("span", { text: ` ${words}` })].filter(Boolean);
  }

  fillChoice(select, column, text) {
    const known = column.words.length ? column.words.map(([value, label, means]) => [value, label, means])
      : (this.options[column.name] ?? []).map(([code, words]) => [code, words && words !== code ? `${code} · ${words}` : code, ""]);
    const outside = column.outside;
    const odd = text && ![...known, ...outside].some(([value]) => value === text);
    const signature = JSON.stringify([known, outside, odd ? text : ""]);
    if (select.dataset.signature !== signature) {
      const options = known.map(([value, label, means]) => make("option", { value, text: label, title: means }));
      select.replaceChildren(make("option", { value: "", text: "" }), ...options);
      if (outside.length) {
        select.append(make("optgroup", { label: this.words.outside }, ...outside.map(([value, label]) => make("option", { value, text: label }))));
      }
      if (odd) select.append(make("option", { className: "odd", value: text, text: text === HELD ? this.words.held : text }));
      select.dataset.signature = signature;
    }
    if (select.value !== text) select.value = text;
    if (column.tick || known.length < 9) select.dataset.tick = "yes"; // number keys reach every one
    else delete select.dataset.tick;
    select.classList.toggle("outside", outside.some(([value]) => value === text) || text === HELD);
  }

  fillMany(cell, text, label) {
    const column = cell.column;
    const known = this.known(column);
    const chosen = text.split(column.joined).filter(Boolean);
    const [summary, list] = ["summary", "fieldset"].map((one) => cell.control.querySelector(one));
    const shown = chosen.map((code) => (column.words.length ? known.find(([value]) => value === code)?.[1] ?? code : code)).join(column.joined);
    summary.textContent = shown || "–";
    summary.setAttribute("aria-label", `${label}: ${shown || this.words.nothing}`);
    summary.dataset.column = column.name;
    if (column.asked) summary.dataset.asked = "yes";
    const signature = JSON.stringify(known);
    if (list.dataset.signature !== signature) {
      list.replaceChildren(make("legend", { className: "grid-unseen", text: label }), ...known.map(([value, words], place) =>
        make("label", { dir: "auto" }, make("input", { type: "checkbox", value, onchange: () => this.tickMany(cell, list) }),
          make("span", { text: column.words.length || !words || words === value ? words || value : `${value} · ${words}` }),
          place < 9 && make("kbd", { text: place + 1, "aria-hidden": "true" }))));
      list.dataset.signature = signature;
    }
    for (const box of list.querySelectorAll("input")) box.checked = chosen.includes(box.value);
    const finder = cell.control.querySelector(".grid-finder");
    finder.setAttribute("aria-label", `${label}: ${this.words.find}`);
  }

  // The field in which a code, a word or numbers are typed, once somebody types in a cell of several answers.
  finder(cell) {
    const finder = make("input", { type: "text", className: "grid-finder", autocomplete: "off", dir: "auto", hidden: true,
      oninput: () => this.preview(cell, finder.value), onblur: () => this.found(cell) });
    return finder;
  }

  known(column) {
    return column.words.length ? column.words.map(([value, words]) => [value, words]) : this.options[column.name] ?? [];
  }

  // What would be ticked is shown before it is.
  preview(cell, text) {
    const before = cell.text.split(cell.column.joined).filter(Boolean);
    const { chosen } = choose(text, this.known(cell.column), before);
    for (const box of cell.control.querySelectorAll("fieldset input")) box.checked = chosen.includes(box.value);
  }

  startFinding(cell, key) {
    const finder = cell.control.querySelector(".grid-finder");
    cell.control.open = true;
    finder.hidden = false;
    finder.value = key;
    finder.focus();
    finder.setSelectionRange(key.length, key.length);
    this.preview(cell, key);
  }

  // What was typed is ticked. What stands for nothing here is left as typed, and Python says what is wrong.
  found(cell, taken = true) {
    const finder = cell.control.querySelector(".grid-finder");
    const typed = finder.value;
    if (finder.hidden) return;
    finder.value = "";
    finder.hidden = true;
    const row = this.rowOf(cell.control);
    const before = cell.text.split(cell.column.joined).filter(Boolean);
    const { chosen, rest } = taken ? choose(typed, this.known(cell.column), before) : { chosen: before, rest: "" };
    const text = [...chosen, ...(rest ? [rest] : [])].join(cell.column.joined);
    if (text !== cell.text) this.send(row, cell, text);
    const label = cell.control.querySelector("summary").getAttribute("aria-label").split(":")[0];
    this.fillMany(cell, text, label);
  }

  tickMany(cell, list) {
    const row = this.rowOf(cell.control);
    const text = [...list.querySelectorAll("input:checked")].map((box) => box.value).join(cell.column.joined);
    this.send(row, cell, text);
    const label = cell.control.querySelector("summary").getAttribute("aria-label").split(":")[0];
    this.fillMany(cell, text, label);
  }

  send(row, cell, text) {
    if (text === HELD || text === plainText(cell.text)) return;
    const before = cell.text;
    cell.text = text;
    cell.typed = text;
    const { name, line: { row: number, cells } } = row;
    const begins = number === null ? Object.fromEntries(Object.entries(cells).filter(([, begin]) => begin)) : {};
    const done = this.put({ line: name, begins, set: { [cell.column.name]: text },
      where: { number, called: this.called(row), before } });
    this.sent.set(`${name}|${cell.column.name}`, done);
    if (cell.kind === "choice") this.fillChoice(cell.control, cell.column, text);
    if (number === null && text.trim()) this.follow(row, done);
  }

  // ---------------------------------------------------------------- rows

  // Below a line that waited and is begun waits the next, before Python has told of it: nobody types into nothing.
  follow(row, done) {
    const next = nextName(row.name);
    const first = !row.begun;
    row.begun = true;
    if (!first || !this.shape.grows || this.rows.has(next) || row.name.startsWith("line-")) return;
    const codes = this.columns.filter((column) => column.control === "code").map((column) => column.name);
    const cells = Object.fromEntries(Object.entries(row.line.cells).filter(([column]) => !codes.includes(column)));
    this.newLine(next, cells, done, row);
  }

  newLine(name, cells, done, after = /** @type {any} */ (null)) {
    const row = this.newRow(name);
    Object.assign(row, { asked: done, follows: after?.name });
    this.fill(row, { name, row: null, number: null, held: [], fixed: [], wrong: {}, cells, kept: false });
    if (after) after.node.after(row.node);
    else this.body.append(row.node);
    return row;
  }

  addLine(column) {
    const wanted = column ?? this.columns.find((one) => one.asked && ["code", "text"].includes(one.control))?.name;
    const waits = [...this.rows.values()].findLast((row) => row.name.startsWith("next") && !row.begun);
    const name = `line-${Date.now().toString(36)}-${(lines += 1)}`;
    const row = waits ?? this.newLine(name, {}, this.post.put(this.shape.name, { add: name }));
    const controls = this.controls(row);
    (controls.find((one) => one.dataset.column === wanted) ?? controls[0]).focus();
  }

  removeLine(row) {
    const next = row.node.nextElementSibling ?? row.node.previousElementSibling;
    (next?.querySelector("textarea, select, summary") ?? this.add).focus();
    this.put({ remove: row.name, where: { number: row.line.row, called: this.called(row) } });
  }

  paste(event) {
    const html = event.clipboardData?.getData("text/html") ?? "";
    const text = fromClipboard(event.clipboardData?.getData("text/plain") ?? "", html);
    const table = /<t[dr][\s>]/i.test(html);
    const control = event.target.closest("[data-column]");
    const lines = /\r?\n./.test(text.trimEnd());
    if (!control || !(text.includes("\t") || (lines && (table || control.tagName !== "TEXTAREA")))) return;
    event.preventDefault();
    event.stopPropagation();
    const row = this.rowOf(control);
    this.put({ paste: text, line: row.name, column: control.dataset.column, columns: this.inSight,
      where: { number: row.line.row, called: this.called(row) } });
    if (control.tagName === "TEXTAREA") control.value = this.rows.get(row.name).cells.get(control.dataset.column).text;
  }

  // ---------------------------------------------------------------- after a kernel has stopped

  // Do again what no kernel has answered, where its place is certain. Given back is the rest, to be told.
  again(doings) {
    const places = new Map();
    return doings.filter((doing) => {
      const done = this.doAgain(doing, places);
      if (!done) places.set(doing.line, null); // what follows in a line that is told is told with it
      return !done && !["add", "undo", "redo"].some((kind) => kind in doing);
    });
  }

  doAgain({ line, where, set, begins }, places) {
    if (!set) return false;
    const [[column, text]] = Object.entries(set);
    const row = places.has(line) ? places.get(line) : this.placeOf(line, where, begins, column, text);
    places.set(line, row);
    const now = row?.cells.get(column).text;
    if (now === text) return true;
    if (!row || ![where.before, HELD].includes(now)) return false;
    const waits = row.line.row === null;
    const done = this.put({ line: row.name, begins: waits ? begins : {}, set,
      where: { ...where, number: row.line.row, called: this.called(row) } });
    this.sent.set(`${row.name}|${column}`, done);
    this.show(row, row.cells.get(column), text, false, "");
    if (waits && text.trim()) this.follow(row, done);
    return true;
  }

  // The line in which something was typed: the same row, the line of a form about the same thing, or else a line that
  // waits, unless what was typed may stand in a row already.
  placeOf(line, where, begins, column, text) {
    const rows = [...this.rows.values()];
    if (where.number !== null) return rows.find((row) => row.line.row === where.number && this.called(row) === where.called);
    if (!this.shape.keyed) {
      const there = rows.some((row) => row.line.row !== null && row.cells.get(column).text === text);
      return there ? null : rows.find((row) => row.line.row === null && !row.begun && stem(row.name) === stem(line));
    }
    const same = rows.filter((row) => Object.entries(begins).every(([name, begin]) => row.cells.get(name)?.text === begin));
    return this.rows.get(line) ?? (same.length === 1 ? same[0] : null);
  }

  // What was done, in words, with what was written out.
  told(/** @type {import("./post.js").Doing} */ { set, column: pasted, paste, where, remove, restore }) {
    if (restore) return this.words.back;
    if (remove) return `${this.words.remove}: ${where.called}`;
    const [[name, text]] = Object.entries(set ?? { [pasted]: paste });
    const column = this.columns.find((one) => one.name === name);
    return `${column.label}, ${where.called}${column.control === "choice" ? "" : `: “${text}”`}`;
  }

  // ---------------------------------------------------------------- by keyboard

  controls(row) {
    return [...row.node.querySelectorAll("[data-column]")].filter((one) => one.offsetParent !== null);
  }

  // The cell of a row of the sheet; what is wrong in a line as a whole is told at its beginning.
  goTo(number, column) {
    const row = [...this.rows.values()].find((one) => this.shape.upright || one.line.row === number);
    if (!row || row.line.kept) return false;
    if (this.columns.some((one) => one.name === column && !one.core)) this.showFull(true);
    const cell = row.cells.get(column);
    const goal = (cell && this.focusable(cell)) || this.controls(row)[0];
    goal?.focus();
    goal?.scrollIntoView({ block: "center", inline: "nearest" });
    return Boolean(goal);
  }

  rowOf(control) {
    return [...this.rows.values()].find((row) => row.place?.contains(control) || [...row.cells.values()].some((cell) => cell.node.contains(control)));
  }

  // Whether a line is kept back, or is about to be since somebody has just said so.
  isKept(row) {
    return row.line.kept || [...row.cells.values()].some(({ column, text }) => column.covers.includes(text));
  }

  // From a line that is done to the next one that waits; never into what another partner has answered.
  goOnward(row) {
    const every = this.shape.upright ? [] : [...this.rows.values()].sort((one, other) =>
      one.node.compareDocumentPosition(other.node) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
    const places = every.map((one) => ({ partner: one.cells.get("partner")?.text ?? "", kept: Boolean(one.line.kept),
      waits: one.line.row === null && !one.begun }));
    places[every.indexOf(row)].partner ||= row.line.cells.partner ?? "";
    const goal = every[onward(places, every.indexOf(row))];
    (goal ? this.beginning(goal) : this.add).focus();
  }

  // Where typing in a line begins: where it waits, past what the form has filled in.
  beginning(row) {
    const controls = this.controls(row);
    return (row.line.row === null && controls.find((one) => one.dataset.asked && !(one.tagName === "TEXTAREA" && one.value))) || controls[0];
  }

  // Where somebody began to fill in a line: Enter goes to that column of the line below, as in a spreadsheet.
  goingOn(control) {
    const row = this.rowOf(control);
    if (this.began?.row !== row) this.began = { row, column: control.dataset.column };
  }

  // The cell beside, above or below; below the last line stands a new one, unless the last is still empty.
  move(control, down, across, column = control.dataset.column) {
    const row = this.rowOf(control);
    const cell = row.cells.get(control.dataset.column);
    if (control.tagName === "TEXTAREA") this.send(row, cell, control.value);
    if (down > 0 && this.isKept(row)) return this.goOnward(row);
    const every = this.shape.upright ? this.controls({ node: this.body }).map((one) => [one])
      : [...this.body.children].map((node) => this.controls({ node }));
    const at = every.findIndex((controls) => controls.includes(control));
    const goal = across ? every.flat()[every.flat().indexOf(control) + across]
      : every[at + down]?.find((one) => one.dataset.column === column) ?? every[at + down]?.[0];
    if (goal) goal.focus();
    else if (down > 0 && this.shape.grows && (row.line.row !== null || row.begun)) this.addLine(column);
  }

  // Tab from a line's last cell goes on to the next line, past the button that removes this one; Shift+Tab from there reaches it.
  past(event, control) {
    const row = this.rowOf(control);
    if (!row || this.shape.upright || row.gone.hidden) return;
    const fields = [...row.node.querySelectorAll("textarea, select, summary, input")].filter((one) => one.offsetParent !== null);
    if (control !== fields.at(-1)) return;
    event.preventDefault();
    if (control.tagName === "TEXTAREA") this.send(row, row.cells.get(control.dataset.column), control.value);
    if (this.isKept(row)) return this.goOnward(row);
    const next = [...this.rows.values()].find((one) => one.node === row.node.nextElementSibling);
    ((next && (next.stub ?? this.beginning(next))) ?? this.add).focus();
  }

  numbered(select) {
    return [[...select.querySelectorAll(":scope > option:not(.odd)")].filter((one) => one.value),
      [...select.querySelectorAll("optgroup > option")]];
  }

  // A digit ticks the word of that number and goes on to what is asked next: a form is typed without looking up.
  tick(select, key) {
    const [options, outside] = this.numbered(select);
    const found = key === "0" ? outside.at(-2) : key === "9" && outside.length ? outside.at(-1)
      : options[Number(key) - 1] ?? (outside.length > 2 && Number(key) === options.length + 1 ? outside[0] : null);
    if (!found) return;
    select.value = found.value;
    select.dispatchEvent(new Event("change"));
    this.nextAsked(select);
  }

  // What is asked next; past the end of a partner's lines not what another partner has answered.
  nextAsked(control) {
    this.goingOn(control);
    const row = this.rowOf(control);
    if (this.isKept(row)) return this.goOnward(row);
    const every = this.controls({ node: this.body });
    const filledIn = (one) => one.tagName === "TEXTAREA" && one.value && this.rowOf(one).line.row === null; // by the form
    const goal = every.slice(every.indexOf(control) + 1).find((one) => one.dataset.asked && !filledIn(one));
    if (goal && this.isAnotherPartners(row, this.rowOf(goal))) this.goOnward(row);
    else goal?.focus();
  }

  isAnotherPartners(row, other) {
    const [own, theirs] = [row, other].map((one) => one.cells.get("partner")?.text ?? "");
    return own !== theirs && (other.line.row !== null || Boolean(other.begun));
  }

  // What the column asks for, and what the keys do there.
  keys(control) {
    const column = this.columns.find((one) => one.name === (control.dataset?.column ?? control.closest(".grid-many")?.querySelector("summary").dataset.column));
    return column ? [`${column.label}: ${column.help}`, this.keysOf(column, control), ...this.whole(this.rowOf(control))] : null;
  }

  // The whole of what stands short in the line where the cursor is.
  whole(row) {
    const long = [...row.cells.values()].map((cell) => {
      if (cell.kind === "fixed") return cell.control.classList.contains("long") ? cell.words : "";
      const words = cell.kind === "choice" && !cell.column.words.length ? cell.control.selectedOptions[0]?.textContent ?? "" : "";
      return words.length > CUT ? words : "";
    }).filter(Boolean);
    return long.length ? [long.join("   ")] : [];
  }

  keysOf(column, control) {
    if (!control.dataset.tick) return control.tagName === "SUMMARY" || control.closest(".grid-many") ? this.words.keysMany : control.tagName === "SELECT" ? this.words.keysSelect : this.words.keysText;
    const [options, outside] = this.numbered(control);
    const numbered = [...options, ...outside.slice(0, -2)].map((one, place) => `${place + 1} ${column.words.length ? one.text : one.value}`);
    const [cannot, rather] = outside.slice(-2);
    return [...numbered, cannot && `0 ${cannot.text}`, rather && `9 ${rather.text}`, this.words.keysTick].filter(Boolean).join("   ");
  }

  key(event) {
    const control = event.target;
    const { key } = event;
    if (control.dataset.kept) return this.keyKept(event, this.rowOf(control));
    if (key === "Tab" && !event.shiftKey && control.dataset.column) this.goingOn(control);
    else if (key === "Tab" || key.startsWith("Arrow")) this.began = null;
    if (key === "Tab" && !event.shiftKey) this.past(event, control);
    if (control.closest(".grid-many")) return this.keyMany(event, control.closest(".grid-many"));
    if (!control.dataset?.column) return;
    if (key === "Enter" && control.tagName === "TEXTAREA" && event.altKey) control.setRangeText("\n", control.selectionStart, control.selectionEnd, "end");
    if (key === "Enter" && control.tagName === "TEXTAREA" && (event.shiftKey || event.altKey)) return grow(control);
    if (key === "Enter") {
      event.preventDefault();
      if (control.dataset.tick && control.dataset.asked && !event.shiftKey) this.nextAsked(control);
      else {
        const column = this.began?.row === this.rowOf(control) && !event.shiftKey ? this.began?.column : undefined;
        this.began = null;
        this.move(control, event.shiftKey ? -1 : 1, 0, column);
      }
    } else if (control.tagName === "SELECT") this.keySelect(event, control);
    else this.keyText(event, control);
  }

  // Nothing is typed in a line that is kept back; the cursor goes on from there.
  keyKept(event, row) {
    const { key } = event;
    if (event.shiftKey || !["Tab", "Enter", "ArrowDown", "ArrowUp"].includes(key)) return;
    event.preventDefault();
    const above = row.node.previousElementSibling;
    if (key !== "ArrowUp") this.goOnward(row);
    else if (above) (this.controls({ node: above })[0] ?? above.querySelector("[data-kept]"))?.focus();
  }

  keySelect(event, control) {
    const { key } = event;
    if (event.altKey) return;
    if (/^\d$/.test(key) && control.dataset.tick) {
      event.preventDefault();
      this.tick(control, key);
    } else if (key === "Backspace" || key === "Delete") {
      event.preventDefault();
      control.value = "";
      control.dispatchEvent(new Event("change"));
    } else if (key === "ArrowLeft" || key === "ArrowRight") {
      event.preventDefault();
      this.move(control, 0, this.forward(control, key) ? 1 : -1);
    }
  }

  keyText(event, control) {
    const { key } = event;
    const { selectionStart: from, selectionEnd: to, value } = control;
    const all = from === 0 && to === value.length;
    if (key === "Escape") {
      control.value = control.value === "" ? "" : this.typedIn(control);
      grow(control);
    } else if (event.shiftKey || event.altKey || !key.startsWith("Arrow")) return;
    else if ((key === "ArrowUp" && (all || (from === 0 && to === 0))) || (key === "ArrowDown" && (all || from === value.length))) {
      event.preventDefault();
      this.move(control, key === "ArrowUp" ? -1 : 1, 0);
    } else if (key === "ArrowLeft" || key === "ArrowRight") {
      const forward = this.forward(control, key);
      if (all || (forward ? from === value.length : to === 0)) {
        event.preventDefault();
        this.move(control, 0, forward ? 1 : -1);
      }
    }
  }

  forward(control, key) {
    return (key === "ArrowRight") === (getComputedStyle(control.closest("table")).direction === "ltr");
  }

  typedIn(control) {
    for (const row of this.rows.values()) for (const cell of row.cells.values()) if (cell.control === control) return plainText(cell.text);
    return control.value;
  }

  keyMany(event, details) {
    const boxes = [...details.querySelectorAll("fieldset input")];
    const { key } = event;
    const summary = details.querySelector("summary");
    const finder = details.querySelector(".grid-finder");
    const row = this.rowOf(details);
    const cell = row.cells.get(summary.dataset.column);
    if (event.target === finder) return this.keyFinder(event, cell);
    if (key.length === 1 && key !== " " && !event.altKey) {
      event.preventDefault();
      this.startFinding(cell, key);
    } else if ((key === "Backspace" || key === "Delete") && event.target === summary) {
      event.preventDefault();
      this.send(row, cell, "");
      this.fillMany(cell, "", summary.getAttribute("aria-label").split(":")[0]);
    } else if (key === "Escape" && details.open) {
      details.open = false;
      summary.focus();
    } else if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!details.open) this.move(summary, key === "ArrowDown" ? 1 : -1, 0);
      else {
        const at = boxes.indexOf(event.target) + (key === "ArrowDown" ? 1 : -1);
        (boxes[at] ?? summary).focus();
      }
    } else if ((key === "ArrowLeft" || key === "ArrowRight") && event.target === summary) {
      event.preventDefault();
      this.move(summary, 0, this.forward(summary, key) ? 1 : -1);
    } else if (key === "Enter" && event.target !== summary) {
      event.preventDefault();
      details.open = false;
      this.move(summary, 0, 1);
    }
  }

  keyFinder(event, cell) {
    const { key } = event;
    const details = cell.control;
    const summary = details.querySelector("summary");
    if (key === "Escape") {
      event.preventDefault();
      this.found(cell, false);
      details.open = false;
      summary.focus();
    } else if (key === "ArrowDown") {
      event.preventDefault();
      details.querySelector("fieldset input")?.focus();
    } else if (key === "Enter" || key === "Tab") {
      event.preventDefault();
      this.found(cell);
      details.open = false;
      this.move(summary, 0, event.shiftKey ? -1 : 1);
    }
  }
}
