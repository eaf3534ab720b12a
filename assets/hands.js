/* Hands: what a press is on stays until it is let go, for the browser hears no click on what was replaced meanwhile. */
(() => {
  "use strict";

  const REPLACED = "#panels, #table"; // what an answer may replace
  let isDown = false, waiting = [];

  /* Resolves as soon as no press is under way on what an answer may replace. */
  const free = () => new Promise((resolve) => { if (isDown) waiting.push(resolve); else resolve(); });

  function release() {
    isDown = false;
    for (const resolve of waiting.splice(0)) resolve();
  }

  document.addEventListener("pointerdown", ({target}) => { isDown = Boolean(target.closest?.(REPLACED)); }, true);
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => setTimeout(release), true); // the click comes first
  }
  window.addEventListener("blur", release);

  window.nnviz = {...window.nnviz, hands: {free}};
})();
