// A line that is kept back while somebody types on: nothing lands in what another partner has answered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { onward } from "../../exercises/partnering/jupyter/script/cells.js";
import { PURPOSES, column, line, open, state, table } from "./page.js";

const sem = (cells) => ({ partner: "SEM", why: "", share: "", ...cells });
const theirs = line("line-1", 2, { partner: "IDR", why: "what another partner wrote", share: "" });
const waits = (name) => line(name, null, sem({}));
const kept = line("form-SEM", 3, sem({}), { kept: true });
const BEFORE = () => state(waits("form-SEM"), theirs);
const AFTER = () => state(kept, waits("form-SEM#2"), theirs);

function begun() {
  const grid = open(PURPOSES, BEFORE());
  grid.field("form-SEM", "why").focus();
  grid.write("not for the wall");
  grid.answer(state(line("form-SEM", 3, sem({ why: "not for the wall" })), waits("form-SEM#2"), theirs));
  grid.field("form-SEM", "share").focus();
  return grid;
}
const place = (grid) => [grid.at().dataset.line ?? grid.at().closest("[data-line]")?.dataset.line, grid.at().dataset.column];

test("Tab before Python has answered goes to the next line of the same partner", () => {
  const grid = begun();
  grid.choose("facilitator");
  grid.press("Tab");
  grid.type("typed at once");
  grid.answer(AFTER());
  assert.deepEqual(place(grid), ["form-SEM#2", "why"]);
  assert.equal(grid.at().value, "typed at once");
  assert.equal(grid.field("line-1", "why").value, "what another partner wrote");
});

test("Python answers between the choice and Tab: the cursor is on the covered line, and goes on from there", () => {
  const grid = begun();
  grid.choose("facilitator");
  grid.answer(AFTER());
  assert.equal(grid.at().textContent, "SEM, <keptSaved>");
  grid.press("Tab");
  grid.type("typed a moment later");
  assert.deepEqual(place(grid), ["form-SEM#2", "why"]);
  assert.equal(grid.field("line-1", "why").value, "what another partner wrote");
});

test("Python answers while the word is still being typed: no letter of it goes anywhere else", () => {
  const grid = begun();
  grid.choose("facilitator"); // after its first letter
  grid.answer(AFTER());
  grid.press("a");
  grid.press("c");
  grid.press("Enter");
  assert.deepEqual(place(grid), ["form-SEM#2", "why"]);
  assert.equal(grid.at().value, "");
  assert.equal(grid.field("line-1", "why").value, "what another partner wrote");
});

test("a covered line says whose it is, whether it is saved, and nothing that was typed", () => {
  const grid = begun();
  grid.choose("facilitator");
  grid.answer(AFTER(), { head: { ...grid.model.get("head"), saved: false } });
  assert.equal(grid.at().textContent, "SEM, <kept>");
  grid.model.set({ head: { ...grid.model.get("head"), saved: true } });
  assert.equal(grid.at().textContent, "SEM, <keptSaved>");
  assert.ok(!grid.el.innerHTML.includes("not for the wall"));
  assert.ok(![...grid.el.querySelectorAll("textarea")].some((one) => one.value === "not for the wall"));
});

test("a line that is freed again can be typed in where it stood", () => {
  const grid = begun();
  grid.choose("facilitator");
  grid.answer(AFTER());
  grid.answer(state(line("form-SEM", 3, sem({ why: "not for the wall" })), waits("form-SEM#2"), theirs));
  assert.equal(grid.el.querySelector(".grid-kept"), null);
  assert.equal(grid.field("form-SEM", "why").value, "not for the wall");
});

test("from a covered line the cursor never goes to what another partner has answered", () => {
  const one = (partner, facts = {}) => ({ partner, waits: false, kept: false, ...facts });
  assert.equal(onward([one("SEM"), one("IDR"), one("IDR", { waits: true })], 0), 2);
  assert.equal(onward([one("SEM"), one("SEM"), one("IDR")], 0), 1);
  assert.equal(onward([one("SEM"), one("SEM", { kept: true }), one("IDR")], 0), -1);
  assert.equal(onward([one(""), one(""), one("", { waits: true })], 0), 2);
});

const TICKED = { ...table("views", column("partner", "choice", { asked: false }),
  column("likely", "choice", { words: ["no", "yes"].map((text) => [text, text, ""]), tick: true })), grows: false };
const view = (name, row, partner, likely = "") => line(name, row, { partner, likely }, { fixed: ["partner"] });

test("number keys that go on past a partner's last line change nothing of another partner's", () => {
  const grid = open(TICKED, state(view("a", null, "SEM"), view("b", null, "SEM"), view("c", 2, "IDR", "no"), view("d", null, "FUN")));
  grid.field("a", "likely").focus();
  grid.type("12");
  assert.deepEqual(place(grid), ["d", "likely"]);
  grid.type("1");
  grid.press("1");
  assert.ok(!grid.doings().some((one) => one.line === "c"));
  assert.equal(grid.field("c", "likely").value, "no");
});

test("the same partner's answers are gone through again with number keys, and the end is the button for a new line", () => {
  const grid = open(TICKED, state(view("a", 2, "SEM", "no"), view("b", 3, "SEM", "no"), view("c", 4, "IDR", "no")));
  grid.field("a", "likely").focus();
  grid.type("2");
  assert.deepEqual(place(grid), ["b", "likely"]);
  grid.type("2");
  assert.equal(grid.at().textContent, "<add>");
});
