// @ts-check
// What people type to choose several: numbers, codes, words, or the beginning of a word.

/** @typedef {[value: string, words: string]} Option */

/** @param {string} text */
const plain = (text) => text.normalize("NFC").toLocaleLowerCase().replace(/\s+/g, " ").trim();

/**
 * The option that a piece of text stands for: its code, its words, or their only beginning.
 * @param {string} piece
 * @param {Option[]} options
 * @returns {string | null}
 */
function named(piece, options) {
  const asked = plain(piece);
  const whole = options.find(([value, words]) => [value, words].some((one) => plain(one) === asked));
  if (whole) return whole[0];
  if (/^\d+$/.test(asked)) return null;
  const begun = options.filter(([value, words]) => [value, words].some((one) => plain(one).startsWith(asked)));
  return begun.length === 1 ? begun[0][0] : null;
}

/**
 * The options at the numbers that were typed: `13` and `1 3` are the first and the third.
 * @param {string} piece
 * @param {Option[]} options
 * @returns {string[] | null} Null where it is no such number.
 */
function numbered(piece, options) {
  const digits = piece.replace(/\s+/g, "");
  if (!/^[1-9]+$/.test(digits)) return null;
  const found = [...digits].map((digit) => options[Number(digit) - 1]?.[0]);
  return found.every((one) => one !== undefined) ? found : null;
}

/**
 * What was meant by a piece of text, as one word, as numbers, or as words parted by spaces.
 * @param {string} piece
 * @param {Option[]} options
 * @returns {{ named: string[], numbered: string[] } | null}
 */
function meant(piece, options) {
  const one = named(piece, options);
  if (one !== null) return { named: [one], numbered: [] };
  const numbers = numbered(piece, options);
  if (numbers) return { named: [], numbered: numbers };
  const parts = piece.split(/\s+/).filter(Boolean);
  if (parts.length < 2) return null;
  const each = parts.map((part) => named(part, options));
  return each.every((part) => part !== null) ? { named: /** @type {string[]} */ (each), numbered: [] } : null;
}

/**
 * What is chosen after somebody has typed in a cell of several answers.
 *
 * A number ticks, or unticks what is ticked. A code or a word ticks. Text that stands for nothing
 * here ticks nothing, not even where a digit is in it: it is given back as it was typed.
 * @param {string} text What was typed, several parted by commas, semicolons or slashes.
 * @param {Option[]} options
 * @param {string[]} before What was chosen.
 * @returns {{ chosen: string[], rest: string }} `rest` is what stands for nothing here.
 */
export function choose(text, options, before) {
  /** @type {{ named: string[], numbered: string[] }} */
  const found = { named: [], numbered: [] };
  /** @type {string[]} */
  const rest = [];
  const whole = text.trim() ? meant(text.trim(), options) : null;
  for (const piece of whole ? [text.trim()] : text.split(/[,;/\n]+/).map((one) => one.trim()).filter(Boolean)) {
    const one = meant(piece, options);
    if (!one) rest.push(piece);
    else {
      found.named.push(...one.named);
      found.numbered.push(...one.numbered);
    }
  }
  if (rest.length) return { chosen: before, rest: text.trim() };
  const ticked = new Set([...before, ...found.named]);
  for (const value of found.numbered) if (!ticked.delete(value)) ticked.add(value);
  const known = options.map(([value]) => value);
  return { chosen: [...known.filter((value) => ticked.has(value)), ...before.filter((value) => !known.includes(value))], rest: "" };
}
