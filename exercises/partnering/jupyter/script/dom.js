// @ts-check
// Nodes of the page. What people typed is only ever put in place as text, never as HTML.

/**
 * A node with its properties and attributes; what is false, null or undefined is left out.
 * @param {string} tag
 * @param {Record<string, any>} [facts]
 * @param {...(Node | string | null | undefined | false)} inside
 * @returns {any}
 */
export function make(tag, facts = {}, ...inside) {
  const node = /** @type {any} */ (document.createElement(tag));
  for (const [name, value] of Object.entries(facts)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "text") node.textContent = value;
    else if (name in node && !name.startsWith("aria-") && name !== "role" && name !== "list") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...inside.filter((one) => one));
  return node;
}

/**
 * Make a field as high as what stands in it.
 * @param {HTMLTextAreaElement} area
 */
export function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}

/**
 * Another text comes into a cell. What was marked as a whole stays marked: whoever has come there types over it.
 * @param {HTMLTextAreaElement} area
 * @param {string} text
 */
export function replace(area, text) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const whole = from === 0 && to === value.length;
  area.value = text;
  if (area === document.activeElement) area.setSelectionRange(whole ? 0 : from, whole ? text.length : to);
}
