/* Hands: what a press is on stays until it is let go, for the browser hears no click on what was replaced meanwhile. */

const REPLACED = "#panels, #table"; // what an answer may replace

/** @type {(() => void)[]} */
const waiting = [];
let isDown = false;

/**
 * Resolves as soon as no press is under way on what an answer may replace.
 * @returns {Promise<void>}
 */
export const free = () => new Promise((resolve) => { if (isDown) waiting.push(resolve); else resolve(); });

function release() {
  isDown = false;
  for (const resolve of waiting.splice(0)) resolve();
}

export function listen() {
  document.addEventListener("pointerdown", ({target}) => {
    isDown = target instanceof Element && Boolean(target.closest(REPLACED));
  }, true);
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => setTimeout(release), true); // the click comes first
  }
  window.addEventListener("blur", release);
}
