// What was done is undone after moving on, and done again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { History } from "../../exercises/partnering/jupyter/script/history.js";
import { PURPOSES, line, open, state } from "./page.js";

const lines = (why, undone = { number: 0, line: "", column: "" }) => ({ ...state(
  line("line-1", 2, { partner: "SEM", why, share: "" }), line("line-2", 3, { partner: "IDR", why: "b", share: "" })), undone });

test("Ctrl+Z in another cell undoes what was typed before, and the cursor goes there", () => {
  const grid = open(PURPOSES, lines("a"));
  grid.field("line-1", "why").focus();
  grid.write("a mistake");
  grid.answer(lines("a mistake"));
  grid.field("line-2", "why").focus();
  assert.ok(grid.press("z", { ctrlKey: true }).defaultPrevented);
  assert.deepEqual(grid.doings().at(-1).undo, true);
  grid.answer(lines("a", { number: 1, line: "line-1", column: "why" }));
  assert.equal(grid.at(), grid.field("line-1", "why"));
  assert.equal(grid.at().value, "a");
});

test("Ctrl+Y and Ctrl+Shift+Z do again what was undone, until something else is typed", () => {
  for (const [key, facts] of [["y", { ctrlKey: true }], ["Z", { ctrlKey: true, shiftKey: true }], ["Z", { metaKey: true, shiftKey: true }]]) {
    const grid = open(PURPOSES, lines("a"));
    grid.field("line-1", "why").focus();
    grid.write("b");
    grid.answer(lines("b"));
    grid.press("z", { ctrlKey: true });
    grid.answer(lines("a"));
    grid.press(key, facts);
    assert.equal(grid.doings().at(-1).redo, true);
  }
});

test("while a cell is being typed Ctrl+Z is the browser's: it takes back letters", () => {
  const grid = open(PURPOSES, lines("a"));
  grid.field("line-1", "why").focus();
  grid.write("b");
  grid.answer(lines("b"));
  grid.field("line-2", "why").focus();
  grid.at().value = "half a wo";
  assert.ok(!grid.press("z", { ctrlKey: true }).defaultPrevented);
  assert.ok(!grid.doings().some((doing) => doing.undo));
});

test("with nothing to undo nothing is sent", () => {
  const grid = open(PURPOSES, lines("a"));
  grid.field("line-1", "why").focus();
  grid.press("z", { ctrlKey: true });
  grid.press("y", { ctrlKey: true });
  assert.deepEqual(grid.doings(), []);
});

test("each table is undone in the order in which people typed", () => {
  const history = new History();
  ["risks", "consents", "risks"].forEach((name) => history.add(name));
  assert.deepEqual([history.undo(), history.undo(), history.redo(), history.undo(), history.undo(), history.undo()],
    ["risks", "consents", "consents", "consents", "risks", undefined]);
  history.add("risks");
  assert.equal(history.redo(), undefined);
});
