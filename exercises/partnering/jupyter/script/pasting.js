// @ts-check
// What comes from the clipboard: a spreadsheet's text is taken as it is. A table of a document (Word) is read from its
// HTML where its text has other lines: a line break within a cell, or a cell over several, would move all that follows.

/**
 * The text of a cell: a new line for each paragraph and line break.
 * @param {Node} node
 * @returns {string}
 */
function words(node) {
  if (node.nodeType === 3) return (node.textContent ?? "").replace(/\s+/g, " ");
  const name = node.nodeName.toLowerCase();
  if (name === "br") return "\n";
  if (name === "style" || name === "script" || name === "#comment") return "";
  const inside = [...node.childNodes].map(words).join("");
  return /^(p|div|li|h\d)$/.test(name) ? `${inside.trim()}\n` : inside;
}

/**
 * The cells of the one table in a piece of HTML; a cell over several fills the first of them.
 * @param {string} html
 * @returns {string[][] | null} Null where there is no table, or more than one.
 */
function cellsOf(html) {
  const tables = new DOMParser().parseFromString(html, "text/html").querySelectorAll("table");
  if (tables.length !== 1) return null;
  /** @type {string[][]} */
  const rows = [];
  [...tables[0].querySelectorAll("tr")].forEach((row, down) => {
    rows[down] ??= [];
    let across = 0;
    for (const cell of row.querySelectorAll("td, th")) {
      while (rows[down][across] !== undefined) across += 1;
      const [wide, high] = ["colspan", "rowspan"].map((name) => Math.min(Math.max(Number(cell.getAttribute(name)) || 1, 1), 100));
      for (let below = down; below < down + high; below += 1) {
        rows[below] ??= [];
        for (let at = across; at < across + wide; at += 1) rows[below][at] = "";
      }
      rows[down][across] = words(cell).trim().replace(/ *\n */g, "\n");
    }
  });
  return rows.map((row) => Array.from(row, (text) => text ?? ""));
}

/**
 * What was pasted, as a spreadsheet would write it: tabs between cells, quotes around those with several lines.
 * @param {string} text The clipboard as plain text.
 * @param {string} html The same as HTML, "" where there is none.
 * @returns {string}
 */
export function fromClipboard(text, html) {
  const isWord = html.includes("office:word");
  if (!/<table[\s>]/i.test(html) || (text.includes('"') && !isWord)) return text;
  const rows = cellsOf(html);
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  const isSame = lines.length === rows?.length && lines.every((line, at) => line.length === rows[at].length);
  if (!rows || isSame) return text;
  const whole = (/** @type {string} */ cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => row.map(whole).join("\t")).join("\n");
}
