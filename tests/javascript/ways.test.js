// From the list of places that could not be read to the cell; long names short, with the whole on demand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PURPOSES, column, line, open, state, table } from "./page.js";

const LONG = "The association of ferry keepers and their families on the lower river";

/** The button that Python writes beside a place that could not be read. */
function way(facts) {
  const button = document.createElement("button");
  for (const [name, value] of Object.entries({ table: "purposes", row: "2", column: "why", ...facts })) button.setAttribute(`data-grid-${name}`, value);
  document.body.append(button);
  return button;
}
const lines = () => state(line("line-1", 2, { partner: "SEM", why: "a", share: "" }));

test("the button puts the cursor into the cell", () => {
  const grid = open(PURPOSES, lines());
  way({}).click();
  assert.equal(grid.at(), grid.field("line-1", "why"));
});

test("a table that is put away is opened first, and the cursor goes there when it is", () => {
  const grid = open(PURPOSES, lines(), { open: false });
  grid.model.values.shapes = [];
  grid.model.set({ head: { ...grid.model.get("head") } });
  way({}).click();
  assert.deepEqual(grid.model.messages, [{ kind: "open" }]);
  grid.model.values.shapes = [PURPOSES];
  grid.model.values.opened = 2;
  grid.model.set({ head: { ...grid.model.get("head"), open: true } });
  assert.equal(grid.at(), grid.field("line-1", "why"));
});

test("a cell that is not shown here is said to be in the facilitator's own view", () => {
  const grid = open(PURPOSES, lines());
  way({ row: "77" }).click();
  assert.equal(grid.el.querySelector(".grid-said").textContent, "<notHere>");
});

test("a place in another table is none of this grid's", () => {
  const grid = open(PURPOSES, lines());
  const button = way({ table: "risks" });
  button.click();
  assert.notEqual(grid.el.querySelector(".grid-said").textContent, "<notHere>");
});

test("a grid that is gone listens no more", () => {
  const grid = open(PURPOSES, lines());
  grid.close();
  way({ row: "77" }).click();
  assert.equal(grid.el.querySelector(".grid-said").textContent, "");
});

const VIEWS = table("views", column("partner", "choice", { asked: false }), column("why", "text"));
const printed = (name) => ({ ...state(line("line-1", 2, { partner: "SEM", why: "" }, { fixed: ["partner"] })), options: { partner: [["SEM", name]] } });

test("a long name is short, and a button shows the whole; Tab passes it", () => {
  const grid = open(VIEWS, printed(LONG));
  const button = grid.el.querySelector(".grid-whole");
  assert.equal(button.getAttribute("aria-expanded"), "false");
  assert.equal(button.getAttribute("aria-label"), "<whole>: SEM");
  assert.equal(button.tabIndex, -1);
  button.click();
  assert.equal(button.getAttribute("aria-expanded"), "true");
  assert.ok(grid.el.querySelector(".grid-fixed").classList.contains("whole"));
  grid.answer(printed(LONG));
  assert.ok(grid.el.querySelector(".grid-fixed").classList.contains("whole"), "it stays as it was opened");
});

test("the keyboard needs no button: where the cursor is, the whole name stands below the table", () => {
  const grid = open(VIEWS, printed(LONG));
  grid.field("line-1", "why").focus();
  assert.ok(grid.el.querySelector(".grid-keys").textContent.includes(LONG));
});

test("a short name has no button", () => {
  assert.equal(open(VIEWS, printed("Semilla")).el.querySelector(".grid-whole"), null);
});

test("a line is called by the number that Python gives it, and found by its row in the sheet", () => {
  const grid = open(PURPOSES, state(line("line-1", 5, { partner: "SEM", why: "a", share: "" }, { number: 3 })));
  assert.equal(grid.el.querySelector("td.grid-row").textContent, "3");
  way({ row: "5" }).click();
  assert.equal(grid.at(), grid.field("line-1", "why"));
});
