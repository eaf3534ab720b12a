/* Ahead: asks the server before the press, and gives the answer to whoever asks for the same then.
 *
 * What is asked ahead gives way to everything else: it ends as soon as something else is asked for, a busy server leaves
 * it, and nobody is told where it comes to nothing.
 */

import {ofServer} from "./address.mjs";
import {areAlike, isFor} from "./state/ahead.mjs";

/** @import {Answer, PageRequest} from "protocol" */

const ADDRESS = ofServer("ahead");
const PATIENCE = 2000; // milliseconds

/** @type {{request: PageRequest, answer: Promise<Answer | null>, end: AbortController} | null} */
let asked = null;

/** @param {PageRequest} request */
export function ask(request) {
  asked?.end.abort();
  const end = new AbortController();
  asked = {request, answer: answered(request, end.signal), end};
}

/**
 * The answer to a request, where it was asked for ahead, without that request's number; null where it was not, or comes
 * to nothing.
 * @param {PageRequest} request
 * @returns {Promise<Answer | null> | null}
 */
export function take(request) {
  const before = asked;
  asked = null;
  if (!before) return null;
  if (!areAlike(before.request, request)) {
    before.end.abort();
    return null;
  }
  const late = setTimeout(() => before.end.abort(), PATIENCE);
  return before.answer.then((answer) => {
    clearTimeout(late);
    return answer && isFor(answer, request) ? answer : null;
  });
}

/**
 * @param {PageRequest} request
 * @param {AbortSignal} signal
 * @returns {Promise<Answer | null>}
 */
async function answered(request, signal) {
  try {
    const headers = {"Content-Type": "application/json"}, body = JSON.stringify(request);
    const reply = await fetch(ADDRESS, {method: "POST", headers, body, signal, priority: "low"});
    return reply.status === 200 ? await reply.json() : null;
  } catch {
    return null;
  }
}
