/* The wall of a room: one table or figure at a time, full screen, by keys or a clicker.

A plain script, for a page of the site opened from the disk as well as for a notebook: it leaves one
name, `partneringWall`. It reads parts as `wall.py` writes them (a section each, with groups of lines
that belong together) and makes pages of them. A page ends where a group ends, wherever it is shown. */
globalThis.partneringWall = (() => {
  const LEAST = 28 / 19.2; // of a hundredth of the screen: 28 px at 1920 by 1080
  const DEEPEST = { TD: 6, TH: 7 }; // lines in one cell beside others, and in the head of a line; deeper ones get a page of their own
  const REST = 4000; // milliseconds without a hand on the mouse, then the buttons go
  const CARDS = `<svg class="wall-cards" viewBox="0 0 210 96" aria-hidden="true">${[0, 1, 2, 3].map((at) =>
    `<g transform="translate(${6 + 51 * at} 8) rotate(${[-3, 2, -1, 3][at]} 21 40)"><rect width="44" height="76" rx="5"/>` +
    '<path d="M10 22h24M10 38h24M10 54h24"/></g>').join("")}</svg>`;

  const make = (name, style = "", text = "") => {
    const one = document.createElement(name);
    if (style) one.className = style;
    if (text) one.textContent = text;
    return one;
  };
  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  class Wall {
    /* `place` is the element in which the wall stands; `words` are what `wall.py` calls words. */
    constructor(place, words, { heading, left, pressed, full } = {}) {
      Object.assign(this, { words, pressed, left, full, pages: [], at: 0, blank: false, source: null });
      this.root = make("div", "wall");
      this.root.setAttribute("role", "region");
      this.root.setAttribute("aria-label", words.region);
      this.told = make("p", "wall-told");
      this.told.setAttribute("role", "status");
      this.keys = make("div", "wall-keys");
      const where = heading || make("p");
      where.classList.add("wall-where");
      this.number = make("p", "wall-number");
      this.number.setAttribute("aria-hidden", "true"); // the page is told as it is turned to
      this.keys.append(where, this.number);
      for (const [name, press] of [["back", () => this.turn(-1)], ["next", () => this.turn(1)],
        ["blank", () => this.toggleBlank()], ["full", () => this.toggleFull()], ["leave", () => this.leave()]]) {
        const button = make("button", `wall-${name}`, words[name]);
        button.type = "button";
        button.onclick = press;
        this.keys.append(button);
      }
      this.root.append(this.keys, this.told);
      place.append(this.root);
      this.listen();
    }

    listen() {
      const stop = new AbortController();
      this.stop = () => stop.abort();
      const on = (target, kind, act, how = {}) => target.addEventListener(kind, act, { signal: stop.signal, ...how });
      on(window, "keydown", (event) => this.key(event), { capture: true });
      for (const kind of ["keyup", "keypress"]) {
        on(window, kind, (event) => this.isOurs(event) && event.stopImmediatePropagation(), { capture: true });
      }
      on(window, "resize", () => {
        clearTimeout(this.resizing);
        this.resizing = setTimeout(() => this.lay(), 120);
      });
      on(document, "fullscreenchange", () => {
        if (!document.fullscreenElement && this.wasFull && !this.byKey) this.leave();
        this.wasFull = document.fullscreenElement === this.root;
        this.byKey = false;
      });
      for (const kind of ["pointermove", "pointerdown", "focusin"]) on(this.root, kind, () => this.wake());
      on(this.root, "click", (event) => {
        if (this.blank && !event.target.closest("button")) this.toggleBlank();
      });
      this.wake();
    }

    wake() {
      clearTimeout(this.resting);
      this.root.classList.remove("wall-resting");
      this.resting = setTimeout(() => this.root.classList.add("wall-resting"), REST);
    }

    isOurs(event) {
      return !(event.ctrlKey || event.metaKey || event.altKey);
    }

    key(event) {
      if (!this.isOurs(event)) return;
      event.stopImmediatePropagation(); // nothing below the wall hears a key
      const button = event.target.closest?.("button");
      const does = {
        " ": () => this.turn(event.shiftKey ? -1 : 1), ArrowRight: () => this.turn(1), ArrowDown: () => this.turn(1),
        PageDown: () => this.turn(1), ArrowLeft: () => this.turn(-1), ArrowUp: () => this.turn(-1),
        PageUp: () => this.turn(-1), Home: () => this.go(0), End: () => this.go(this.pages.length - 1),
        b: () => this.toggleBlank(), B: () => this.toggleBlank(), ".": () => this.toggleBlank(),
        f: () => this.toggleFull(), F: () => this.toggleFull(), Escape: () => this.leave(),
        Tab: () => this.tab(event.shiftKey),
      }[event.key];
      if (!does || (event.key === " " && button)) return;
      event.preventDefault();
      does();
    }

    /* The focus stays on the wall. */
    tab(back) {
      if (this.blank) return;
      const all = [...this.root.querySelectorAll("button, [tabindex='0']")].filter((one) => one.offsetParent !== null);
      const at = all.indexOf(document.activeElement);
      const next = at < 0 ? (back ? all.length - 1 : 0) : (at + (back ? -1 : 1) + all.length) % all.length;
      all[next]?.focus({ focusVisible: true });
      this.wake();
    }

    toggleBlank() {
      this.blank = !this.blank;
      this.root.classList.toggle("wall-blank", this.blank);
      this.tell();
    }

    async toggleFull() {
      if (this.full) {
        this.full();
        return;
      }
      this.byKey = true;
      try {
        if (document.fullscreenElement) await document.exitFullscreen();
        else await this.root.requestFullscreen();
      } catch {
        this.byKey = false; // not allowed here: the wall fills the window
      }
    }

    leave() {
      if (!this.root.isConnected) return;
      if (document.fullscreenElement === this.root) document.exitFullscreen().catch(() => {});
      if (this.left?.() === false) return;
      clearTimeout(this.resizing);
      clearTimeout(this.resting);
      this.stop();
      this.root.remove();
    }

    /* Show other parts; the page stays the same one, by its result and its first line. */
    update(html) {
      const made = document.createElement("template");
      made.innerHTML = html;
      this.source = [...made.content.querySelectorAll(".wall-part")];
      this.lay();
    }

    lay() {
      if (!this.source) return;
      const before = this.pages[this.at];
      const had = this.root.contains(document.activeElement);
      const scrolled = before?.body.scrollTop ?? 0;
      const said = before?.page.textContent;
      this.pages.forEach((one) => one.page.remove());
      this.pages = this.source.flatMap((part) => this.paged(part));
      this.pages.forEach((one) => {
        one.page.classList.remove("wall-measured");
        one.page.hidden = true;
      });
      this.at = before ? this.same(before) : 0;
      this.show(had || !before, said);
      if (before) this.pages[this.at].body.scrollTop = scrolled;
    }

    same(before) {
      const named = this.pages.map((one, at) => ({ ...one, at })).filter((one) => one.name === before.name);
      const kind = named.filter((one) => one.kind === before.kind);
      const found = kind.find((one) => before.keys.length && one.keys.includes(before.keys[0]) && one.nth === before.nth) ??
        kind.find((one) => before.keys.length && one.keys.includes(before.keys[0])) ??
        kind[Math.min(before.nth, kind.length - 1)] ?? named[0];
      return found ? found.at : Math.min(this.at, this.pages.length - 1);
    }

    turn(step) {
      const body = this.pages[this.at]?.body;
      if (this.blank) this.toggleBlank();
      if (body?.classList.contains("wall-rolls")) { // first to the end of what is deeper than the screen
        const room = step > 0 ? body.scrollHeight - body.clientHeight - body.scrollTop : body.scrollTop;
        if (room > 2) {
          body.scrollBy(0, step * Math.min(room, body.clientHeight * 0.8));
          return;
        }
      }
      this.go(this.at + step);
    }

    go(at) {
      if (this.blank) this.toggleBlank();
      const held = Math.max(0, Math.min(at, this.pages.length - 1));
      if (held === this.at) return;
      this.at = held;
      this.show(true);
    }

    show(focus, said) {
      this.pages.forEach((one, at) => { one.page.hidden = at !== this.at; });
      const one = this.pages[this.at];
      if (!one) return;
      this.number.textContent = fill(this.words.page, { number: this.at + 1, count: this.pages.length });
      if (focus) one.page.focus({ preventScroll: true });
      if (one.page.textContent !== said) this.tell();
    }

    tell() {
      const one = this.pages[this.at];
      if (!one) return;
      const [number, count] = [this.at + 1, this.pages.length];
      this.told.textContent = this.blank ? this.words.blanked : fill(this.words.told, { title: one.title, number, count });
    }

    /* ------------------------------------------------------------------ pages */

    /* An empty page of a part, which takes room and is not seen. */
    page(part, kind) {
      const page = make("section", "wall-page wall-measured");
      const head = make("header");
      const title = part.querySelector("h2").cloneNode(true);
      head.append(title, ...[...part.querySelectorAll(":scope > .wall-lead")].map((one) => one.cloneNode(true)));
      title.id = `wall-title-${(this.made = (this.made ?? 0) + 1)}`;
      page.setAttribute("aria-labelledby", title.id);
      page.tabIndex = -1;
      const body = make("div", "wall-body");
      page.append(head, body);
      this.root.insertBefore(page, this.keys);
      return { page, head, body, kind, name: part.dataset.name, title: title.textContent, keys: [], nth: 0 };
    }

    fits({ body }) {
      return body.scrollHeight <= body.clientHeight + 1 && body.scrollWidth <= body.clientWidth + 1;
    }

    /* Units one after another, as many on a page as it holds; one that a page does not hold alone rolls. */
    pack(units, begin, put, most = Infinity) {
      const pages = [];
      let last = null;
      for (const unit of units) {
        if (last && last.units.length < most) {
          const undo = put(last, unit);
          if (this.fits(last)) { last.units.push(unit); continue; }
          undo();
        }
        last = begin();
        last.units = [unit];
        put(last, unit);
        last.nth = pages.length;
        pages.push(last);
      }
      return pages;
    }

    /* The same on no more pages, and as much on each: no line is left over for a page of its own. */
    even(units, begin, put) {
      const first = this.pack(units, begin, put);
      if (first.length < 2) return first;
      const second = this.pack(units, begin, put, Math.ceil(units.length / first.length));
      const [kept, gone] = second.length > first.length ? [first, second] : [second, first];
      this.drop(gone);
      return kept;
    }

    rolling(pages) {
      for (const one of pages) {
        if (this.fits(one)) continue;
        one.body.classList.add("wall-rolls");
        one.body.tabIndex = 0;
        one.body.setAttribute("role", "group");
        one.body.setAttribute("aria-label", one.title);
      }
      return pages;
    }

    drop(pages) {
      pages.forEach((one) => one.page.remove());
    }

    paged(part) {
      if (part.dataset.kind !== "table") return this.wordsOf(part);
      return [...this.figure(part), ...this.table(part)];
    }

    /* ---------------- sentences */

    wordsOf(part) {
      const kind = part.dataset.kind;
      const all = [...part.querySelector(".wall-words").children];
      const begin = () => {
        const one = this.page(part, kind);
        if (kind === "withheld") one.body.insertAdjacentHTML("beforeend", CARDS);
        one.list = make("div", "wall-words");
        one.body.append(one.list);
        return one;
      };
      const pages = this.pack(all, begin, (one, unit) => this.append(one.list, unit.cloneNode(true)));
      pages.forEach((one) => one.list.querySelectorAll("[data-press]").forEach((button) => {
        button.onclick = () => this.pressed?.(button.dataset.press);
      }));
      return this.rolling(pages);
    }

    append(parent, ...nodes) {
      parent.append(...nodes);
      return () => nodes.forEach((node) => node.remove());
    }

    /* ---------------- tables */

    table(part) {
      const table = part.querySelector("table");
      const columns = table.tHead.rows[0].cells.length;
      let best = this.sized(part, table);
      if (columns > 2 && (!best || best[0].smallest)) { // sentences at the head of lines take a line of their own
        const other = this.sized(part, this.across(table));
        const better = other && (!best || !other[0].smallest);
        this.drop((better ? best : other) ?? []);
        if (better) best = other;
      }
      return this.noted(part, best ?? this.rolling(this.cards(part, table)));
    }

    /* The pages with the largest letters that can be read; larger ones than usual where they cost no page. */
    sized(part, table) {
      const columns = table.tHead.rows[0].cells.length;
      let best = null;
      for (const size of ["wall-small", "", "wall-large"]) {
        const pages = this.lines(part, table, size);
        const good = pages.every((one) => this.reads(one, columns)) &&
          (!best || size === "" || pages.length <= best.length);
        this.drop(good ? best ?? [] : pages);
        if (good) best = pages;
        else if (best) break;
      }
      for (const one of best ?? []) {
        if (one.list.className !== "wall-small") continue; // a page with room for it has larger letters
        one.smallest = true;
        one.list.className = "";
        if (this.reads(one, columns)) continue;
        const widths = one.list.querySelector("colgroup");
        widths.remove(); // of the smaller letters
        one.list.style.tableLayout = "auto";
        if (this.reads(one, columns)) continue;
        one.list.className = "wall-small";
        one.list.style.tableLayout = "fixed";
        one.list.caption.after(widths);
      }
      return best;
    }

    /* The table with the head of each line across it, above the others of its cells. */
    across(table) {
      const other = table.cloneNode(true);
      const name = other.tHead.rows[0].cells[0];
      const count = other.tHead.rows[0].cells.length - 1;
      name.remove();
      for (const body of other.tBodies) {
        const heads = [...body.rows].map((row) => row.cells[0]);
        heads.forEach((head) => head.remove());
        const row = body.insertRow(0);
        row.append(heads[0]);
        heads[0].colSpan = count;
        heads[0].scope = "rowgroup";
        heads[0].className = "wall-across";
      }
      return other;
    }

    /* Whether a page of lines can be read: all of it is there, no word leaves its cell, and no cell is a deep and narrow well. */
    reads(one, columns) {
      if (!this.fits(one)) return false;
      if ([...one.body.querySelectorAll("th, td")].some((cell) => cell.scrollWidth > cell.clientWidth + 1)) return false;
      if (columns <= 2) return true;
      const height = parseFloat(getComputedStyle(one.body.querySelector("td, th")).lineHeight);
      const inside = document.createRange();
      return [...one.body.querySelectorAll("tbody :is(td, th)")].every((cell) => {
        inside.selectNodeContents(cell);
        return inside.getBoundingClientRect().height <= (DEEPEST[cell.tagName] + 0.5) * height;
      });
    }

    /* Pages of lines; columns are as wide on each page. Lines to start with stand apart, and lines of one
       meaning are parted only where no page holds them all. */
    lines(part, table, size) {
      const whole = this.page(part, "table");
      const all = table.cloneNode(true);
      all.className = size;
      whole.body.append(all);
      const widths = [...all.tHead.rows[0].cells].map((cell) => cell.getBoundingClientRect().width);
      const sum = widths.reduce((one, other) => one + other, 0);
      whole.page.remove();
      const columns = make("colgroup");
      widths.forEach((width) => { columns.append(make("col")); columns.lastChild.style.width = `${(100 * width) / sum}%`; });
      const begin = () => {
        const one = this.page(part, "table");
        one.list = make("table", size);
        one.list.style.tableLayout = "fixed";
        one.list.append(...[table.caption, columns, table.tHead].map((node) => node.cloneNode(true)));
        one.body.append(one.list);
        return one;
      };
      const put = (one, body) => this.append(one.list, body.cloneNode(true));
      const parts = [];
      for (const body of table.tBodies) {
        const last = parts.at(-1);
        if (last && last[0].dataset.run === body.dataset.run) last.push(body);
        else parts.push([body]);
      }
      const pages = [];
      const alike = parts.every((bodies) => bodies.length === 1) && !parts.some(([body]) => "start" in body.dataset);
      for (const bodies of alike ? [[...table.tBodies]] : parts) {
        const last = pages.at(-1);
        if (last && "start" in last.units.at(-1).dataset === "start" in bodies[0].dataset) {
          const undo = bodies.map((body) => put(last, body));
          if (this.fits(last)) { last.units.push(...bodies); continue; }
          undo.forEach((back) => back());
        }
        pages.push(...this.even(bodies, begin, put));
      }
      pages.forEach((one, at) => {
        one.keys = one.units.map((body) => body.dataset.key);
        one.nth = at;
      });
      return pages;
    }

    /* Lines that are too much beside others: the headings down the side, and as many lines on a page as it holds whole. */
    cards(part, table) {
      const heads = [...table.tHead.rows[0].cells];
      const pages = [];
      for (const body of table.tBodies) {
        for (const row of body.rows) {
          const last = pages.at(-1);
          const [head, ...cells] = row.cells;
          const told = cells.map((_, at) => at).filter((at) => cells[at].textContent.trim());
          if (last?.starts === "start" in body.dataset) {
            const undo = [this.card(last, table, heads, head), ...told.map((at) => this.cardLine(last, heads, cells, at))];
            if (this.fits(last)) { last.keys.push(body.dataset.key); continue; }
            undo.reverse().forEach((back) => back());
          }
          const begin = () => {
            const one = this.page(part, "table");
            this.card(one, table, heads, head);
            return Object.assign(one, { keys: [body.dataset.key], starts: "start" in body.dataset });
          };
          pages.push(...this.pack(told, begin, (one, at) => this.cardLine(one, heads, cells, at)));
        }
      }
      return pages.map((one, at) => Object.assign(one, { nth: at }));
    }

    /* The head of a line, and the empty table of its cells. */
    card(one, table, heads, head) {
      const about = make("h3");
      about.innerHTML = head.innerHTML;
      if (head.textContent.length < 5) about.prepend(`${heads[0].textContent} `); // a bare number says little
      about.dir = "auto";
      const list = make("table", "wall-card");
      list.append(table.caption.cloneNode(true));
      list.createTBody();
      const undo = this.append(one.body, about, list);
      const before = one.list;
      one.list = list;
      return () => { undo(); one.list = before; };
    }

    cardLine(one, heads, cells, at) {
      const line = make("tr");
      const name = make("th");
      name.scope = "row";
      name.dir = "auto";
      name.innerHTML = heads[at + 1].innerHTML;
      if (cells.length > 1) line.append(name);
      line.append(cells[at].cloneNode(true));
      return this.append(one.list.tBodies[0], line);
    }

    /* What is said after a table: below it where there is room, else on a page of its own. */
    noted(part, pages) {
      const notes = part.querySelector(":scope > .wall-notes");
      if (!notes) return pages;
      const last = pages.at(-1);
      const undo = this.append(last.body, notes.cloneNode(true));
      if (this.fits(last)) return pages;
      undo();
      const begin = () => {
        const one = this.page(part, "notes");
        one.list = make("div", "wall-words");
        one.body.append(one.list);
        return one;
      };
      const put = (one, unit) => this.append(one.list, unit.cloneNode(true));
      return [...pages, ...this.rolling(this.pack([...notes.children], begin, put))];
    }

    /* ---------------- figures */

    figure(part) {
      const sheets = [...part.querySelectorAll(":scope > .wall-figure > svg")];
      const pages = sheets.flatMap((svg) => this.sheet(part, svg));
      pages.forEach((one, at) => { one.nth = at; });
      return pages;
    }

    sheet(part, svg) {
      const [, , width, height] = svg.getAttribute("viewBox").split(/[\s,]+/).map(Number);
      const sizes = [...svg.querySelectorAll("text")].map((one) => parseFloat(one.getAttribute("font-size")) || 14);
      const probe = this.page(part, "figure");
      const unit = Math.min(innerWidth / 100, innerHeight / 56.25);
      const least = (LEAST * unit + 0.3) / Math.min(...sizes, 99); // the smallest scale that can be read
      const [wide, high] = [probe.body.clientWidth, probe.body.clientHeight];
      probe.body.append(svg.cloneNode(true));
      const cut = this.bands(probe.body.lastChild, width, height);
      probe.page.remove();
      const scale = Math.min(wide / width, high / height);
      const about = { role: "img", label: `${part.querySelector("h2").textContent}. ${svg.querySelector("desc")?.textContent ?? ""}` };
      if (scale >= least) return [this.drawn(part, svg, [[0, height]], width, scale, about)];
      const top = wide / width;
      if (cut.length > 1 && top >= least) {
        const [head, ...rows] = cut;
        const most = (high / least) - (head[1] - head[0]);
        const groups = this.grouped(rows, most);
        const tallest = Math.max(...groups.map(([from, to]) => to - from));
        if (tallest <= most) { // all at one scale
          const scale = Math.min(top, high / (head[1] - head[0] + tallest));
          return groups.map((group) => this.drawn(part, svg, [head, group], width, scale, about));
        }
      }
      const one = this.page(part, "figure");
      one.list = make("div", "wall-words");
      one.list.append(make("p", "", this.words.too_fine));
      one.body.append(one.list);
      return [one];
    }

    /* Bands one after another in groups of at most this height: as few groups as can be, and the tallest as low as can be. */
    grouped(bands, most) {
      const groups = [];
      for (const [from, to] of bands) {
        const last = groups.at(-1);
        if (last && to - last[0] <= most) last[1] = to;
        else groups.push([from, to]);
      }
      const lower = Math.max(...groups.map(([from, to]) => to - from)) - 1;
      if (groups.length < 2 || bands.some(([from, to]) => to - from > lower)) return groups;
      const other = this.grouped(bands, lower);
      return other.length > groups.length ? groups : other;
    }

    drawn(part, svg, bands, width, scale, about) {
      const one = this.page(part, "figure");
      const box = make("div", "wall-drawn");
      box.setAttribute("role", about.role);
      box.setAttribute("aria-label", about.label);
      for (const [from, to] of bands) {
        const copy = svg.cloneNode(true);
        copy.querySelectorAll("title, desc").forEach((told) => told.remove());
        for (const name of ["role", "aria-labelledby"]) copy.removeAttribute(name);
        copy.setAttribute("aria-hidden", "true");
        copy.setAttribute("viewBox", `0 ${from} ${width} ${to - from}`);
        copy.setAttribute("width", Math.floor(width * scale));
        copy.setAttribute("height", Math.floor((to - from) * scale));
        box.append(copy);
      }
      one.body.append(box);
      return one;
    }

    /* Where a drawing may be cut: at the lines across it that part its rows. The first band is its head;
       a later one in which nothing but words stands heads the next, and stays with it. */
    bands(svg, width, height) {
      const lines = [...svg.querySelectorAll("line")].map((one) => ["x1", "x2", "y1", "y2"].map((name) => Number(one.getAttribute(name))));
      const cuts = lines.filter(([x1, x2, y1, y2]) => y1 === y2 && Math.abs(x2 - x1) > 0.6 * width).map(([, , y]) => y);
      const edges = [...new Set([0, ...cuts, height])].sort((one, other) => one - other);
      const middles = [...svg.querySelectorAll("circle, path")].map((one) => one.getBBox())
        .map((box) => box.y + box.height / 2);
      const bands = [];
      let from = 0;
      edges.slice(1).forEach((to, at) => {
        if (at > 0 && at < edges.length - 2 && !middles.some((y) => y > from && y < to)) return;
        bands.push([from, to]);
        from = to;
      });
      return bands;
    }
  }

  /* Over everything else, in full screen: from a button of a notebook. */
  function open(words, hooks) {
    const others = [...document.body.children].filter((one) => !one.inert);
    const back = document.activeElement;
    const wall = new Wall(document.body, words, {
      ...hooks,
      left: () => {
        others.forEach((one) => { one.inert = false; });
        back?.focus?.();
        hooks.left?.();
      },
    });
    others.forEach((one) => { one.inert = true; });
    wall.toggleFull();
    const waits = make("section", "wall-part");
    waits.dataset.name = waits.dataset.kind = "said";
    const sentences = make("div", "wall-words");
    sentences.append(make("p", "", words.waits));
    waits.append(make("h2", "", words.region), sentences);
    wall.update(waits.outerHTML);
    return wall;
  }

  /* A page of the site: its parts become the wall. */
  function page() {
    const source = document.querySelector(".wall-source");
    const words = JSON.parse(document.getElementById("wall-words").textContent);
    const back = source.querySelector(".wall-way a");
    const tell = (what) => parent.postMessage(`partnering-wall-${what}`, "*");
    const inside = parent !== window; // of the page that opened it, which is full screen then
    const wall = new Wall(source.parentElement, words, {
      heading: source.querySelector("h1"),
      left: () => {
        if (inside) tell("left");
        else location.href = back.href;
        return false;
      },
      full: inside ? () => tell("full") : null,
    });
    source.hidden = true;
    wall.update(source.innerHTML);
    return wall;
  }

  return { open, page };
})();
