/* Own numbers: what the reader has calculated, and what became of it. */

import {byId} from "./nodes.mjs";

const field = () => /** @type {HTMLTextAreaElement} */ (byId("numbers"));

/** What was typed. */
export const numbers = () => field().value;

/** What was said is of what was typed before. */
export function forget() {
  byId("numbers-checked").replaceChildren();
}

/** @param {string | null} html */
export function show(html) {
  if (html !== null || !numbers()) byId("numbers-checked").innerHTML = html ?? "";
}
