// @ts-check
// What is done goes out in order, and while Python is at work the next doings wait together.

/**
 * @typedef {Record<string, any>} Doing One thing that was done in a table, as `table_editor.Edit` describes it.
 */

/**
 * What was done in grids of this page and no kernel has answered.
 * @type {Doing[]}
 */
export const LEFT = (/** @type {any} */ (globalThis)[Symbol.for("partnering.left")] ??= []);

export class Post {
  /**
   * @param {import("@anywidget/types").AnyModel} model
   * @param {(late: boolean) => void} late Called when Python takes long, and when it has answered.
   */
  constructor(model, late) {
    this.model = model;
    this.late = late;
    this.again = () => {};
    /** @type {Doing[]} */
    this.queue = [];
    /** @type {Doing[]} */
    this.sent = [];
    this.waitsFor = 0;
    this.number = model.get("done");
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.clock = undefined;
    model.on("change:done", () => this.answered());
  }
  /**
   * @param {string} table
   * @param {...Doing} doings
   * @returns {number} The number with which Python will say that it has heard of it.
   */
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
  /**
   * Something else than a doing: it is heard after all that was done before it.
   * @param {object} message
   */
  say(message) {
    if (this.queue.length) this.send();
    this.model.send(message);
  }
  answered() {
    const done = this.model.get("done");
    const refused = this.model.get("refused");
    const answers = (/** @type {Doing} */ doing) => doing.post === this && doing.number <= done;
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
