/* Later: loads the scripts that the page can do without at first, one after the other, each when nothing else is to do. */

import {all} from "./nodes.mjs";

const PATIENCE = 1000, FIRST_PAUSE = 1000, LONGEST_PAUSE = 30000; // milliseconds

/** @returns {Promise<unknown>} */
const idle = () => new Promise((resolve) => {
  if ("requestIdleCallback" in window) requestIdleCallback(resolve, {timeout: PATIENCE}); else setTimeout(resolve);
});

/**
 * Runs a script; one that does not come is asked for again, after longer and longer pauses.
 * @param {string} src
 * @returns {Promise<void>}
 */
const run = (src, pause = FIRST_PAUSE) => new Promise((resolve) => {
  const script = Object.assign(document.createElement("script"), {src});
  script.addEventListener("load", () => resolve());
  script.addEventListener("error", () => {
    script.remove();
    setTimeout(() => resolve(run(src, Math.min(LONGEST_PAUSE, 2 * pause))), pause);
  });
  document.head.append(script);
});

/** Loads the scripts that the document marks so, in their order. */
export const load = () => all("script[type=later]").reduce(
  (before, node) => before.then(idle).then(() => run(/** @type {HTMLScriptElement} */ (node).src)), Promise.resolve(),
);
