/* Nodes: the parts of the page by their names. */

/** @param {string} id */
export const found = (id) => document.getElementById(id);

/**
 * A part that the page always has.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const node = found(id);
  if (!node) throw new Error(`the page has no ${id}`);
  return node;
}

/**
 * @param {string} id
 * @returns {HTMLInputElement}
 */
export const input = (id) => /** @type {HTMLInputElement} */ (byId(id));

/**
 * @param {string} id
 * @returns {HTMLSelectElement}
 */
export const select = (id) => /** @type {HTMLSelectElement} */ (byId(id));

/**
 * @param {string} id
 * @returns {HTMLDetailsElement}
 */
export const fold = (id) => /** @type {HTMLDetailsElement} */ (byId(id));

/**
 * All parts that a selector fits.
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export const all = (selector) => [...document.querySelectorAll(selector)].map((node) => /** @type {HTMLElement} */ (node));

/**
 * @param {Element | null} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node && node.textContent !== text) node.textContent = text;
}

/** The picture of the network, which Dash makes. */
export const graph = () => /** @type {PlotlyGraph} */ (document.querySelector("#network .js-plotly-plot"));
