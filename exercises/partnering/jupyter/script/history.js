// @ts-check
// The order in which people typed in the tables of a grid. Python knows what stood there before.

export class History {
  constructor() {
    /** @type {string[]} */
    this.done = [];
    /** @type {string[]} */
    this.undone = [];
  }

  /**
   * Something was done in a table; what was undone before cannot be done again.
   * @param {string} table
   */
  add(table) {
    this.done.push(table);
    this.undone.length = 0;
  }

  /** The table in which something is undone now; undefined where nothing is left. */
  undo() {
    const table = this.done.pop();
    if (table !== undefined) this.undone.push(table);
    return table;
  }

  /** The table in which something is done again now; undefined where nothing is left. */
  redo() {
    const table = this.undone.pop();
    if (table !== undefined) this.done.push(table);
    return table;
  }

  /** Forget everything: the grid shows something else. */
  clear() {
    this.done.length = this.undone.length = 0;
  }
}
