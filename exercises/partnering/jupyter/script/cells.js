// @ts-check
// What stands in cells, and how lines are called. Nothing here knows the page.

/** What a cell holds while the word "covered" stands in its place. */
export const HELD = "\u0000held";

/**
 * What a field holds while a word covers it.
 * @param {string} text
 */
export const plainText = (text) => (text === HELD ? "" : text);

/**
 * A sentence with its braces filled in, whatever stands in what fills them.
 * @param {string} sentence
 * @param {Record<string, string | number>} facts
 */
export const filled = (sentence, facts) =>
  Object.entries(facts).reduce((text, [name, value]) => text.replace(`{${name}}`, () => String(value)), sentence);

/**
 * The name that lines waiting in one place share: `form-VEC` of `form-VEC#3`.
 * @param {string} name
 */
export const stem = (name) => name.split("#")[0];

/**
 * What Python calls the line that waits below one of this name: `form-VEC#2` below `form-VEC`.
 * @param {string} name
 */
export const nextName = (name) => `${stem(name)}#${Number(name.split("#")[1] ?? 1) + 1}`;

/**
 * @typedef {object} Place
 * @property {string} partner Whose line it is, "" where lines are nobody's.
 * @property {boolean} waits Whether nothing is typed in it.
 * @property {boolean} kept Whether it is kept back, so that nobody types in it.
 */

/**
 * Where the cursor goes from a line that is done: the next line below that waits, or that is the
 * same partner's. Never one in which another partner has answered.
 * @param {Place[]} lines The lines from top to bottom.
 * @param {number} at The place of the line that is done.
 * @returns {number} The place of the line to go to; -1 where there is none.
 */
export function onward(lines, at) {
  const { partner } = lines[at];
  const own = (/** @type {Place} */ line) => partner !== "" && line.partner === partner;
  return lines.findIndex((line, place) => place > at && !line.kept && (line.waits || own(line)));
}
