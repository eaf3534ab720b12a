/* The address holds everything. It is replaced, never piled up, and not more often than browsers allow. */
(() => {
  "use strict";

  const PAUSE = 60;
  let query = "", timer = 0, written = 0;

  function write() {
    clearTimeout(timer);
    if (!query) return;
    written = performance.now();
    history.replaceState(history.state, "", query);
  }

  function keep(settings, cursor, more) {
    const rest = new URLSearchParams(more).toString();
    query = `?${settings}&step=${cursor}${rest && "&"}${rest}`;
    clearTimeout(timer);
    const early = written + PAUSE - performance.now();
    if (early > 0) timer = setTimeout(write, early); else write();
  }

  function read(search) {
    const typed = Object.create(null), repeated = []; // in which no name is known before
    for (const [name, value] of new URLSearchParams(search || "")) {
      if (name in typed) repeated.push(name); else typed[name] = value;
    }
    return {typed, repeated, iteration: typed.iteration ?? "1", step: typed.step ?? "0"};
  }

  window.addEventListener("pagehide", write);
  window.nnviz = {...window.nnviz, address: {keep, read, write}};
})();
