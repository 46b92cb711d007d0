/* What is wrong with how a page looks at its width now, as sentences. */
() => {
  const faults = [];
  const root = document.documentElement;
  const shows = (one) => one.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) && !one.closest(".visually-hidden, [hidden]");
  const clean = (one) => one.textContent.replace(/#$/, "").replace(/\s+/g, " ").trim();
  const clipped = (one) => { const box = one.getBoundingClientRect(); return box.width <= 1 || box.height <= 1; };

  if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth - root.clientWidth} px too wide`);

  // letters, and what a line must not break
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const small = new Map();
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const text = node.data.trim(), parent = node.parentElement;
    if (!text || /^(SCRIPT|STYLE|TITLE|DESC|NOSCRIPT)$/i.test(parent.tagName) || !shows(parent) || clipped(parent)) continue;
    let size = parseFloat(getComputedStyle(parent).fontSize);
    const drawing = parent.closest("svg");
    if (drawing) size *= drawing.getScreenCTM().a;
    if (size < 10.95) small.set(size.toFixed(1), text.slice(0, 40));
    for (const found of node.data.matchAll(/\d{4}-\d\d-\d\d|(?<![\w-])[A-Z]{1,3}\d{1,3}(?![\w-])/g)) {
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      const tops = new Set([...range.getClientRects()].filter((box) => box.width > 0).map((box) => Math.round(box.top / 4)));
      if (tops.size > 1 && !drawing) faults.push(`“${found[0]}” is broken`);
    }
  }
  for (const [size, text] of small) faults.push(`letters of ${size} px: “${text}”`);

  // a column that is squeezed beside one that is more than half empty
  const inside = (cell) => { range.selectNodeContents(cell); const boxes = [...range.getClientRects()].filter((box) => box.width > 0); return boxes; };
  for (const table of document.querySelectorAll("table")) {
    if (!shows(table) || getComputedStyle(table).display !== "table" || getComputedStyle(table.rows[table.rows.length - 1]).display !== "table-row") continue;
    const letter = parseFloat(getComputedStyle(table).fontSize) * 0.56;
    const columns = [];
    for (const row of table.rows) [...row.cells].forEach((cell, at) => {
      if (cell.colSpan > 1) return;
      const style = getComputedStyle(cell);
      const width = cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      const boxes = inside(cell);
      const used = boxes.length ? Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left)) : 0;
      const lines = new Set(boxes.map((box) => Math.round(box.bottom / 6))).size;
      const text = clean(cell), words = text.split(" ");
      if (cell.scrollWidth > cell.clientWidth + 1) faults.push(`“${text.slice(0, 40)}” leaves its cell`);
      if (lines > 4 && words.length < lines * 1.4 && table.matches(".result") && cell.matches(":is(td, th):not(:has(li))")) faults.push(`a word a line: “${text.slice(0, 40)}”`);
      const column = columns[at] ??= { width: 0, used: 0, lines: 0 };
      column.width = Math.max(column.width, width);
      column.used = Math.max(column.used, used);
      if (row.parentElement.tagName !== "THEAD") column.lines = Math.max(column.lines, lines);
    });
    const narrow = columns.findIndex((one) => one.width < 12 * letter && one.lines > 1);
    const empty = columns.findIndex((one) => one.used < one.width / 2 && one.width - one.used > 6 * letter);
    if (narrow >= 0 && empty >= 0) faults.push(`column ${narrow + 1} is squeezed beside column ${empty + 1} in “${(table.caption?.textContent || clean(table)).slice(0, 40)}”`);
  }

  // labels on each other
  for (const drawing of document.querySelectorAll("svg")) {
    if (!shows(drawing)) continue;
    const labels = [...drawing.querySelectorAll("text")].filter(shows).map((one) => [one.textContent.trim(), one.getBoundingClientRect()]).filter(([text]) => text);
    const frame = drawing.getBoundingClientRect();
    labels.forEach(([text, box], at) => {
      if (box.left < frame.left - 2 || box.right > frame.right + 2) faults.push(`the label “${text}” leaves its figure`);
      for (const [other, there] of labels.slice(at + 1)) {
        const across = Math.min(box.right, there.right) - Math.max(box.left, there.left);
        const down = Math.min(box.bottom, there.bottom) - Math.max(box.top, there.top);
        if (across > 1 && down > box.height / 4) faults.push(`the labels “${text}” and “${other}” collide`);
      }
    });
  }

  // a heading said again by what follows
  let before = "";
  for (const one of document.querySelectorAll("article :is(h1, h2, h3, h4, h5, .rubric, caption, .result-caption, figcaption)")) {
    if (!shows(one) || clipped(one)) continue;
    const now = clean(one);
    if (now && now === before) faults.push(`“${now}” is said twice`);
    before = now;
  }
  return faults;
}
