/* The address holds everything. It is replaced, and not more often than browsers allow; it is only piled up where
   much is replaced at once, so that the browser's Back undoes that. Beside it the history holds what no link can. */
(() => {
  "use strict";

  const PAUSE = 60, PLACES = ["iteration", "step", "trained", "other"];
  let query = "", beside = null, isTurning = false, timer = 0, written = 0;

  function write() {
    clearTimeout(timer);
    if (!query) return;
    written = performance.now();
    const change = isTurning ? "pushState" : "replaceState";
    isTurning = false;
    try {
      history[change](beside, "", query);
    } catch {
      history[change](null, "", query); // it was too large for this browser
    }
  }

  /* What is kept next is another entry of the history. */
  function turn() {
    write();
    query = "";
    isTurning = true;
  }

  /* ``more`` stands in the address too; ``others`` is what the history holds beside it. */
  function keep(settings, cursor, more, others) {
    const rest = new URLSearchParams(more).toString();
    query = `?${settings}&step=${cursor}${rest && "&"}${rest}`;
    beside = others;
    clearTimeout(timer);
    const early = written + PAUSE - performance.now();
    if (early > 0 && !isTurning) timer = setTimeout(write, early); else write();
  }

  /* The browser has gone to another entry. */
  function forget() {
    clearTimeout(timer);
    query = "";
    isTurning = false;
  }

  const remembered = () => history.state ?? {};

  /* What a link asks for, and where in the run that is. */
  function read(search) {
    const typed = Object.create(null), repeated = []; // in which no name is known before
    for (const [name, value] of new URLSearchParams(search || "")) {
      if (name in typed) repeated.push(name); else typed[name] = value;
    }
    const place = Object.fromEntries(PLACES.filter((name) => name in typed).map((name) => [name, typed[name]]));
    return {asks: {typed, repeated, iteration: typed.iteration ?? "1", step: typed.step ?? "0"}, place};
  }

  window.addEventListener("pagehide", write);
  window.nnviz = {...window.nnviz, address: {forget, keep, read, remembered, turn, write}};
})();
