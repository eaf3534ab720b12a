/* Own numbers: what the reader has calculated, what became of it, and where it differs. */

import {all, byId} from "./nodes.mjs";
import * as picture from "./picture.mjs";

/** @import {OwnNumbers} from "protocol" */

const field = () => /** @type {HTMLTextAreaElement} */ (byId("numbers"));

let isAsked = false;

/** What was typed. */
export const numbers = () => field().value;

/** The answer to come is to what was asked just now. */
export function ask() {
  isAsked = true;
}

/** What was said is of what was typed before. */
export function forget() {
  byId("numbers-checked").replaceChildren();
  picture.light(null);
}

/**
 * What differs is lit as an answer to the question alone: at another step it no longer is.
 * @param {OwnNumbers | null} answer
 */
export function show(answer) {
  if (answer || !numbers()) byId("numbers-checked").innerHTML = answer?.html ?? "";
  if (!answer || !isAsked) return;
  isAsked = false;
  const cells = answer.names.flatMap((name) => all(`#table [data-value="${CSS.escape(name)}"]`));
  picture.light(answer.marks, cells);
}
