// Cells of several answers, as people type them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { choose } from "../../exercises/partnering/jupyter/script/choosing.js";
import { column, line, open, state, table } from "./page.js";

const PARTNERS = [["SEM", "Semilla"], ["IDR", "Instituto del Río"], ["VEC", "Vecinas"], ["all", "all of us"]];

for (const [typed, before, chosen] of [
  ["1", [], ["SEM"]], ["13", [], ["SEM", "VEC"]], ["1 3", [], ["SEM", "VEC"]], ["1,3", [], ["SEM", "VEC"]], ["1", ["SEM", "VEC"], ["VEC"]],
  ["vec", [], ["VEC"]], ["VEC, sem", [], ["SEM", "VEC"]], ["vec sem", [], ["SEM", "VEC"]], ["inst", [], ["IDR"]], ["instituto del río", [], ["IDR"]],
  ["all of us", [], ["all"]], ["VEC", ["VEC"], ["VEC"]], ["3; sem", [], ["SEM", "VEC"]], ["", ["SEM"], ["SEM"]],
]) {
  test(`“${typed}” chooses ${chosen.join(", ")}`, () => assert.deepEqual(choose(typed, PARTNERS, before), { chosen, rest: "" }));
}

for (const typed of ["2 buses", "3rd of May", "7", "12 5 9", "VEC and SEM", "Sombra", "2027", "0", "1 bus, VEC"]) {
  test(`“${typed}” ticks nothing, and is left as it was typed`, () =>
    assert.deepEqual(choose(typed, PARTNERS, ["IDR"]), { chosen: ["IDR"], rest: typed }));
}

test("a code that looks like a number is the code", () => {
  assert.deepEqual(choose("2", [["10", ""], ["2", ""], ["3", ""]], []).chosen, ["2"]);
});

const RISKS = table("risk_care", column("carries", "many"), column("we_will", "text"));
const risks = (carries) => ({ ...state(line("line-1", 2, { carries, we_will: "" })), options: { carries: PARTNERS } });

test("letters and digits typed in such a cell are ticked with Tab, and the cursor goes on", () => {
  const grid = open(RISKS, risks(""));
  grid.el.querySelector("summary").focus();
  grid.type("vec, 1");
  assert.equal(grid.at().value, "vec, 1");
  grid.press("Tab");
  assert.deepEqual(grid.doings().at(-1).set, { carries: "SEM, VEC" });
  assert.equal(grid.at(), grid.field("line-1", "we_will"));
});

test("a sentence that was meant for the next cell ticks nothing and is not lost", () => {
  const grid = open(RISKS, risks("IDR"));
  grid.el.querySelector("summary").focus();
  grid.type("2 drivers on call");
  grid.press("Tab");
  assert.deepEqual(grid.doings().at(-1).set, { carries: "IDR, 2 drivers on call" });
});

test("Escape takes back what is being typed there", () => {
  const grid = open(RISKS, risks("IDR"));
  grid.el.querySelector("summary").focus();
  grid.type("12");
  grid.press("Escape");
  assert.deepEqual(grid.doings(), []);
  assert.equal(grid.at(), grid.el.querySelector("summary"));
});
