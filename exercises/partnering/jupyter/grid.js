// The table that people type into. What they typed is only ever put in place as text, never as HTML.
// Python holds the answers; this shows them, sends what is done, and keeps the cursor where it is.

const HELD = "\u0000held";
const plainText = (text) => (text === HELD ? "" : text); // what a field holds while a word covers it
const NATIVE = new Set(["c", "v", "x", "z", "y", "a", "Enter"]); // Jupyter would take these for itself
const LEFT = (globalThis[Symbol.for("partnering.left")] ??= []); // what was done in grids of this page and no kernel has answered
let views = 0;
let lines = 0;

function make(tag, facts = {}, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "text") node.textContent = value;
    else if (name in node && !name.startsWith("aria-") && name !== "role" && name !== "list") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...inside.filter((one) => one));
  return node;
}

const filled = (sentence, facts) => Object.entries(facts).reduce((text, [name, value]) => text.replace(`{${name}}`, () => value), sentence);

function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}

// Another text comes into a cell. What was marked as a whole stays marked: whoever has come there types over it.
function replace(area, text) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const whole = from === 0 && to === value.length;
  area.value = text;
  if (area === document.activeElement) area.setSelectionRange(whole ? 0 : from, whole ? text.length : to);
}

// What is done goes out in order, and while Python is at work the next doings wait together.
class Post {
  constructor(model, late) {
    Object.assign(this, { model, late, again: () => {}, queue: [], sent: [], waitsFor: 0, number: model.get("done") });
    model.on("change:done", () => this.answered());
  }
  put(table, ...doings) {
    const { place, mine } = this.model.get("head");
    this.queue.push(...doings.map((doing) => ({ table, place, mine, ...doing })));
    return this.waitsFor ? this.number + 1 : this.send();
  }
  send() {
    this.number += 1;
    this.waitsFor = this.number;
    const doings = this.queue.splice(0);
    this.sent.push(...doings.map((doing) => ({ ...doing, number: this.number, post: this })));
    this.model.send({ kind: "do", number: this.number, opened: this.model.get("opened"), doings });
    clearTimeout(this.clock);
    this.clock = setTimeout(() => this.late(true), 6000);
    return this.number;
  }
  // Something else than a doing: it is heard after all that was done before it.
  say(message) {
    if (this.queue.length) this.send();
    this.model.send(message);
  }
  answered() {
    const done = this.model.get("done");
    const refused = this.model.get("refused");
    const answers = (doing) => doing.post === this && doing.number <= done;
    LEFT.push(...this.sent.filter((doing) => refused.includes(doing.number) && answers(doing)).map((doing) => ({ ...doing, post: null })));
    LEFT.splice(0, LEFT.length, ...LEFT.filter((doing) => !answers(doing)));
    this.sent = this.sent.filter((doing) => !answers(doing));
    if (!this.waitsFor || done < this.waitsFor) return;
    this.waitsFor = 0;
    clearTimeout(this.clock);
    this.late(false);
    if (this.queue.length) this.send();
    this.again();
  }
  // The grid is gone. What is answered yet is taken off the list again.
  close() {
    LEFT.push(...this.sent, ...this.queue.splice(0));
    clearTimeout(this.clock);
  }
}

// One table of the grid.
class Section {
  constructor(shape, words, post, model, id) {
    Object.assign(this, { shape, words, post, model, id, rows: new Map(), sent: new Map(), options: {} });
    this.columns = shape.columns;
    this.full = false;
    this.build();
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
      row.append(make("th", { scope: "col", dir: "auto", className: `col-${column.short ? "short" : column.control}${column.core ? "" : " full"}`, title: column.help },
        make("span", { className: "grid-label", text: column.label }),
        column.private && make("span", { className: "grid-private", text: this.words.private }),
        make("span", { className: "grid-help", text: column.help })));
    }
    row.append(make("th", { scope: "col", className: "grid-last" }, make("span", { className: "grid-unseen", text: this.words.remove })));
    return make("thead", {}, row);
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
    const focused = document.activeElement;
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
    if (!had || document.activeElement === had) return;
    (had.isConnected ? had : this.waiting(had) ?? this.node).focus();
    if (had.isConnected && marked) had.setSelectionRange(...marked);
  }

  // A line, and below it those that people began there.
  chain(row, ahead) {
    const next = ahead.find((one) => one.follows === row.name);
    return next ? [row, ...this.chain(next, ahead)] : [row];
  }

  // Whether the cursor is in a line and has written what is not sent yet.
  beingTyped(row) {
    const at = document.activeElement;
    const cell = [...row.cells.values()].find((one) => one.control === at);
    return Boolean(cell) && at.tagName === "TEXTAREA" && at.value !== plainText(cell.text);
  }

  // Where the cursor goes when its line is gone: the same column of the line that waits in its place.
  waiting(control) {
    const stem = control.dataset.line?.split("#")[0];
    const row = [...this.rows.values()].find((one) => one.line.row === null && one.name.split("#")[0] === stem);
    return row && this.controls(row).find((one) => one.dataset.column === control.dataset.column);
  }

  newRow(name) {
    const row = { name, cells: new Map(), node: this.shape.upright ? this.body : make("tr"), number: make("span") };
    if (!this.shape.upright) row.node.append(make("td", { className: "grid-row" }, row.number));
    for (const column of this.columns) {
      const cell = make("td", { className: `col-${column.short ? "short" : column.control}${column.core ? "" : " full"}` });
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
    if (![...row.cells.keys()].some((name) => this.sent.get(`${row.name}|${name}`) > done)) row.begun = false;
    const covered = line.held.length > 0; // which of its boxes were left empty is not told, nor by a number
    row.number.textContent = covered ? "·" : line.row ?? "·";
    if (!this.shape.upright) row.node.classList.toggle("waiting", line.row === null && !covered);
    row.gone.setAttribute("aria-label", `${this.words.remove}: ${this.called(row)}`);
    row.gone.hidden = line.row === null && !covered && !line.name.startsWith("line-");
    for (const cell of row.cells.values()) {
      const name = cell.column.name;
      const text = line.held.includes(name) ? HELD : line.cells[name] ?? "";
      const pending = this.sent.get(`${line.name}|${name}`);
      if (pending > done) continue;
      this.sent.delete(`${line.name}|${name}`);
      this.show(row, cell, text, line.fixed.includes(name), line.wrong[name] ?? "");
    }
  }

  called(row) {
    const number = row.line.row === null ? this.words.newRow : filled(this.words.inRow, { row: row.line.row });
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
    if (kind === "fixed") cell.control.replaceChildren(...this.spoken(column, text));
    else if (kind === "choice") this.fillChoice(cell.control, column, text);
    else if (kind === "many") this.fillMany(cell, text, label);
    else if (cell.control !== document.activeElement || cell.control.value === cell.typed) {
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
        make("summary", facts), make("fieldset"));
    }
    const send = (event) => this.send(row, cell, event.target.value);
    const node = kind === "choice" ? make("select", { ...facts, className: column.words.length ? "words" : "", onchange: send })
      : make("textarea", { ...facts, rows: 1, autocomplete: "off", onchange: send, oninput: (event) => grow(event.target),
        placeholder: column.control === "date" ? this.words.day : "", inputMode: ["whole", "amount"].includes(column.control) ? "decimal" : "text" });
    node.dataset.column = column.name;
    if (column.asked) node.dataset.asked = "yes";
    return node;
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
    const known = column.words.length ? column.words.map(([value, words]) => [value, words]) : this.options[column.name] ?? [];
    const chosen = text.split(column.joined).filter(Boolean);
    const [summary, list] = cell.control.children;
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
    const done = this.post.put(this.shape.name, { line: name, begins, set: { [cell.column.name]: text },
      where: { number, called: this.called(row), before } });
    this.sent.set(`${name}|${cell.column.name}`, done);
    if (cell.kind === "choice") this.fillChoice(cell.control, cell.column, text);
    if (number === null && text.trim()) this.follow(row, done);
  }

  // ---------------------------------------------------------------- rows

  // Below a line that waited and is begun waits the next, before Python has told of it: nobody types into nothing.
  follow(row, done) {
    const [name, number] = row.name.split("#");
    const next = `${name}#${Number(number ?? 1) + 1}`;
    const first = !row.begun;
    row.begun = true;
    if (!first || !this.shape.grows || this.rows.has(next) || name.startsWith("line-")) return;
    const codes = this.columns.filter((column) => column.control === "code").map((column) => column.name);
    const cells = Object.fromEntries(Object.entries(row.line.cells).filter(([column]) => !codes.includes(column)));
    this.newLine(next, cells, done, row);
  }

  newLine(name, cells, done, after = null) {
    const row = this.newRow(name);
    Object.assign(row, { asked: done, follows: after?.name });
    this.fill(row, { name, row: null, held: [], fixed: [], wrong: {}, cells });
    if (after) after.node.after(row.node);
    else this.body.append(row.node);
    return row;
  }

  addLine(column) {
    const wanted = column ?? this.columns.find((one) => one.asked && one.control === "text")?.name;
    const waits = this.rows.get([...this.rows.keys()].findLast((name) => name.startsWith("next") && !this.rows.get(name).begun));
    const name = `line-${Date.now().toString(36)}-${(lines += 1)}`;
    const row = waits ?? this.newLine(name, {}, this.post.put(this.shape.name, { add: name }));
    const controls = this.controls(row);
    (controls.find((one) => one.dataset.column === wanted) ?? controls[0]).focus();
  }

  removeLine(row) {
    const next = row.node.nextElementSibling ?? row.node.previousElementSibling;
    (next?.querySelector("textarea, select, summary") ?? this.add).focus();
    this.post.put(this.shape.name, { remove: row.name, where: { number: row.line.row, called: this.called(row) } });
  }

  paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const table = /<t[dr][\s>]/i.test(event.clipboardData?.getData("text/html") ?? "");
    const control = event.target.closest("[data-column]");
    const lines = /\r?\n./.test(text.trimEnd());
    if (!control || !(text.includes("\t") || (lines && (table || control.tagName !== "TEXTAREA")))) return;
    event.preventDefault();
    event.stopPropagation();
    const row = this.rowOf(control);
    this.post.put(this.shape.name, { paste: text, line: row.name, column: control.dataset.column, columns: this.inSight,
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
      return !done && !("add" in doing);
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
    const done = this.post.put(this.shape.name, { line: row.name, begins: waits ? begins : {}, set,
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
      return there ? null : rows.find((row) => row.line.row === null && !row.begun && row.name.split("#")[0] === line.split("#")[0]);
    }
    const same = rows.filter((row) => Object.entries(begins).every(([name, begin]) => row.cells.get(name)?.text === begin));
    return this.rows.get(line) ?? (same.length === 1 ? same[0] : null);
  }

  // What was done, in words, with what was written out.
  told({ set, column: pasted, paste, where, remove, restore }) {
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

  rowOf(control) {
    return [...this.rows.values()].find((row) => [...row.cells.values()].some((cell) => cell.node.contains(control)));
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
    const next = row.node.nextElementSibling;
    ((next && this.controls({ node: next })[0]) ?? this.add).focus();
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

  nextAsked(control) {
    this.goingOn(control);
    const every = this.controls({ node: this.body });
    const filledIn = (one) => one.tagName === "TEXTAREA" && one.value && this.rowOf(one).line.row === null; // by the form
    every.slice(every.indexOf(control) + 1).find((one) => one.dataset.asked && !filledIn(one))?.focus();
  }

  // What the column asks for, and what the keys do there.
  keys(control) {
    const column = this.columns.find((one) => one.name === control.dataset?.column);
    return column ? [`${column.label}: ${column.help}`, this.keysOf(column, control)] : null;
  }

  keysOf(column, control) {
    if (!control.dataset.tick) return control.tagName === "SUMMARY" ? this.words.keysMany : control.tagName === "SELECT" ? this.words.keysSelect : this.words.keysText;
    const [options, outside] = this.numbered(control);
    const numbered = [...options, ...outside.slice(0, -2)].map((one, place) => `${place + 1} ${column.words.length ? one.text : one.value}`);
    const [cannot, rather] = outside.slice(-2);
    return [...numbered, cannot && `0 ${cannot.text}`, rather && `9 ${rather.text}`, this.words.keysTick].filter(Boolean).join("   ");
  }

  key(event) {
    const control = event.target;
    const { key } = event;
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
        const column = this.began?.row === this.rowOf(control) && !event.shiftKey ? this.began.column : undefined;
        this.began = null;
        this.move(control, event.shiftKey ? -1 : 1, 0, column);
      }
    } else if (control.tagName === "SELECT") this.keySelect(event, control);
    else this.keyText(event, control);
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
    const boxes = [...details.querySelectorAll("input")];
    const { key } = event;
    const summary = details.querySelector("summary");
    if (/^[1-9]$/.test(key) && boxes[Number(key) - 1]) {
      event.preventDefault();
      boxes[Number(key) - 1].click();
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
}

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
  let sections = [];
  let drawn = "";
  let times = -1;

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
    const now = JSON.stringify([head.open, head.mine, head.privately, shapes.map((shape) => [shape.name, shape.columns.length])]);
    if (now === drawn && model.get("opened") === times) return;
    drawn = now;
    times = model.get("opened");
    lost.replaceChildren(elsewhere); // what another reader typed is not for this one
    sections = shapes.map((shape) => new Section(shape, words, post, model, `${id}-${shape.name}`));
    root.classList.toggle("mine", head.mine);
    legend.hidden = true;
    root.replaceChildren(above, lost, ...sections.map((section) => section.node), said, ...below(head));
  }

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
  }

  // What was typed into a kernel that stopped before it answered; what has no place any more is told, not lost.
  function putInAgain() {
    if (!sections.length) return;
    const { place, mine } = model.get("head");
    const here = (doing) => doing.place === place && sections.some((section) => section.shape.name === doing.table);
    const left = LEFT.filter((doing) => here(doing) && doing.mine === mine);
    LEFT.splice(0, LEFT.length, ...LEFT.filter((doing) => !left.includes(doing)));
    for (const section of sections) {
      const rest = section.again(left.filter((doing) => doing.table === section.shape.name)).map((doing) => section.told(doing));
      lost.append(...rest.map((what) => make("p", { dir: "auto", text: filled(words.lost, { what }) })));
    }
    elsewhere.hidden = !LEFT.some((doing) => here(doing) && doing.mine);
  }

  post.again = putInAgain;
  root.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey;
    const control = event.target;
    if (command && event.key === "s" && control.tagName === "TEXTAREA") control.dispatchEvent(new Event("change"));
    if (!command || NATIVE.has(event.key)) event.stopPropagation();
    if (!command && !event.isComposing) sections.find((one) => one.node.contains(control))?.key(event);
  });
  for (const name of ["keyup", "keypress", "copy", "cut", "paste"]) root.addEventListener(name, (event) => event.stopPropagation());
  root.addEventListener("contextmenu", (event) => event.stopPropagation());
  root.addEventListener("focusin", (event) => {
    const section = sections.find((one) => one.node.contains(event.target));
    const told = section?.keys(event.target);
    keys.replaceChildren(...(told ?? []).map((text) => make("span", { dir: "auto", text })));
    legend.hidden = !told;
    if (told && legend.parentNode !== section.scroll) section.scroll.append(legend);
    if (event.target.tagName === "TEXTAREA") event.target.select();
    for (const open of root.querySelectorAll("details[open]")) if (!open.contains(event.target)) open.open = false;
  });
  model.on("change:states", refresh);
  model.on("change:head", refresh);
  refresh();
  el.append(root);
  for (const area of root.querySelectorAll("textarea")) requestAnimationFrame(() => grow(area));
  return () => {
    model.off("change:states", refresh);
    model.off("change:head", refresh);
    post.close();
  };
}

export default { render };
