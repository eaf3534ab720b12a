/* Alone: within a page of somebody else's a link leads to the same by itself, wherever the reader is. */

import {found} from "./nodes.mjs";

/** Whether the page is within somebody else's. */
export const isEmbedded = () => "embedded" in document.documentElement.dataset;

/** @param {string} query */
export function tell(query) {
  const link = /** @type {HTMLAnchorElement | null} */ (found("alone"));
  if (link) link.href = query;
}
