// What comes from the clipboard of a spreadsheet, a document, a mail.
import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";
import { fromClipboard } from "../../exercises/partnering/jupyter/script/pasting.js";

const html = (rows, begin = "") => `<html ${begin}><body><table>${rows}</table></body></html>`;
const WORD = 'xmlns:w="urn:schemas-microsoft-com:office:word"';

test("a line break within a cell of a document makes no line of its own", () => {
  const rows = "<tr><td><p>R1</p></td><td><p>a flood,</p><p>at  night</p></td></tr><tr><td><p>R2</p></td><td><p>a theft</p></td></tr>";
  assert.equal(fromClipboard("R1\ta flood,\nat night\nR2\ta theft\n", html(rows, WORD)), 'R1\t"a flood,\nat night"\nR2\ta theft');
});

test("a cell of a document that goes over several moves nothing that follows", () => {
  const rows = '<tr><td rowspan="2">R1</td><td>a flood</td></tr><tr><td>a theft</td></tr><tr><td colspan="2">R2</td><td>late</td></tr>';
  assert.equal(fromClipboard("R1\ta flood\na theft\nR2\tlate", html(rows, WORD)), "R1\ta flood\n\ta theft\nR2\t\tlate");
});

test("quotation marks in a document are words, and stay", () => {
  const rows = "<tr><td>R1</td><td>they say “wait”<br>and \"no\"</td></tr>";
  assert.equal(fromClipboard('R1\tthey say “wait”\nand "no"', html(rows, WORD)), 'R1\t"they say “wait”\nand ""no"""');
});

for (const [what, text, rich] of [
  ["what a spreadsheet writes", 'R1\t"a flood,\nat night"\n', html("<tr><td>R1</td><td>a flood,<br>at night</td></tr>")],
  ["a table with the same cells", "R1\ta flood\n", html("<tr><td>R1</td><td>a  flood </td></tr>")],
  ["text without a table", "R1\ta flood\nat night", "<p>R1</p>"],
  ["two tables at once", "R1\nR2\ta", html("<tr><td>R1</td></tr>") + html("<tr><td>R2</td><td>a</td></tr>")],
  ["plain text", "R1\ta flood", ""],
]) {
  test(`${what} is taken as the text that it is`, () => assert.equal(fromClipboard(text, rich), text));
}
