// While a button of the mouse is down nothing moves under it, or the click would go elsewhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { column, line, open, state, table } from "./page.js";

const PARTNERS = table("partners", column("partner", "code"), column("name", "text"));
const lines = (...names) => state(...names.map((name, at) => line(`row-${at + 2}`, at + 2, { partner: name, name })), line("next-1", null, {}));
const later = () => new Promise((done) => setTimeout(done, 5));
const pointer = (kind, on = document) => on.dispatchEvent(new Event(kind, { bubbles: true }));

test("the keys below the table stay until the button that somebody presses is let go", async () => {
  const { el, field } = open(PARTNERS, lines("VEC"));
  field("row-2", "name").focus();
  const keys = el.querySelector(".grid-keys");
  const add = [...el.querySelectorAll("button")].find((one) => one.textContent === "<add>");
  pointer("pointerdown", add);
  add.focus();
  assert.equal(keys.hidden, false);
  pointer("pointerup", add);
  assert.equal(keys.hidden, false);
  await later();
  assert.equal(keys.hidden, true);
});

test("what Python tells meanwhile is shown once the button is let go", async () => {
  const { el, answer } = open(PARTNERS, lines("VEC"));
  pointer("pointerdown", el.querySelector("button"));
  answer(lines("VEC", "SOM"));
  assert.equal(el.querySelectorAll("tbody tr").length, 2);
  pointer("pointercancel", el);
  await later();
  assert.equal(el.querySelectorAll("tbody tr").length, 3);
});

test("while somebody holds a cell or opens a list nothing waits: nobody may hear of its end", () => {
  const { field, el, answer } = open(PARTNERS, lines("VEC"));
  pointer("pointerdown", field("row-2", "name"));
  answer(lines("VEC", "SOM"));
  assert.equal(el.querySelectorAll("tbody tr").length, 3);
});

test("who presses a button and lets go where nobody hears of it is not waited for", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { el, answer } = open(PARTNERS, lines("VEC"));
  pointer("pointerdown", el.querySelector("button"));
  answer(lines("VEC", "SOM"));
  assert.equal(el.querySelectorAll("tbody tr").length, 2);
  t.mock.timers.tick(1500);
  t.mock.timers.tick(1);
  assert.equal(el.querySelectorAll("tbody tr").length, 3);
});

test("a new line begins with the short name that people give it", () => {
  const { el, at } = open(PARTNERS, lines("VEC"));
  [...el.querySelectorAll("button")].find((one) => one.textContent === "<add>").click();
  assert.equal(at().dataset.column, "partner");
});
