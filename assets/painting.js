/* Painting: sets on the page what Python prepared for a cursor. Keeps nothing but what is pointed at and chosen. */
(() => {
  "use strict";

  const STILL = {mode: "immediate", frame: {duration: 0, redraw: false}, transition: {duration: 0}};
  const byId = (id) => document.getElementById(id);
  const setText = (node, text) => { if (node.textContent !== text) node.textContent = text; };
  const rows = () => document.querySelectorAll("#weights tbody tr");
  const graph = () => document.querySelector("#network .js-plotly-plot");

  let words = {}, chosen = "", marked = "", pointed = "";

  function drawn() {
    return new Promise((resolve) => {
      const look = () => (window.Plotly && graph()?.data ? resolve(graph()) : requestAnimationFrame(look));
      look();
    });
  }

  function figure(readings) {
    const {data, layout} = readings.figure;
    return window.Plotly.react(graph(), data, layout, graph()._context);
  }

  /* Each frame has all that may have changed, because a later one may take over before it is painted. */
  function move(readings, cursor) {
    const {frame} = readings.views[cursor], {pointing} = readings.figure;
    const mark = pointing[pointed] || pointing[""];
    const all = {data: [...frame.data, ...mark.data], traces: [...frame.traces, ...mark.traces]};
    window.Plotly.animate(graph(), all, STILL).catch(() => { /* a later frame took over */ });
  }

  function view(readings, cursor, animate) {
    const shown = readings.views[cursor];
    if (animate || pointed) move(readings, cursor);
    for (const id of ["meta", "title", "sentence", "hint"]) setText(byId(id), shown[id]);
    byId("formula").innerHTML = shown.formula;
    digits(shown.note);
    buttons(shown.refusals);
    slider(readings, cursor);
    table(readings, cursor);
    chain(readings, cursor);
    losses(readings, cursor);
    mark(marked, readings);
  }

  function buttons(refusals) {
    for (const button of document.querySelectorAll("#player button")) {
      const reason = refusals[button.id] || "";
      button.setAttribute("aria-disabled", String(Boolean(reason)));
      button.title = reason;
    }
    for (const id of ["forward", "backward"]) byId(id).classList.toggle("primary", !refusals[id]);
  }

  function slider(readings, cursor) {
    const step = byId("step");
    step.max = readings.steps;
    step.value = cursor;
    step.setAttribute("aria-valuetext", readings.views[cursor].meta);
    step.style.setProperty("--done", cursor / readings.steps);
  }

  function table(readings, cursor) {
    for (const row of rows()) {
      const at = row.dataset.row, columns = readings.columns[at], cells = readings.table[at];
      row.classList.toggle("lit", at === readings.views[cursor].at);
      for (const cell of row.cells) {
        const column = cell.dataset.column;
        if (!columns.includes(column)) continue;
        const known = cells[column]?.since <= cursor;
        setText(cell, known ? cells[column].text : words.unknown);
        cell.className = known ? `kind-${cells[column].kind}` : "unknown";
        cell.title = (known && cells[column].exact) || "";
      }
    }
  }

  function chain(readings, cursor) {
    const shown = readings.chains[chosen];
    byId("chain-card").hidden = !shown;
    for (const row of rows()) {
      const isChosen = Boolean(shown) && row.dataset.row === chosen;
      row.querySelector("button").setAttribute("aria-expanded", String(isChosen));
      row.classList.toggle("chosen", isChosen);
    }
    if (!shown) return;
    setText(byId("chain-title"), shown.title);
    byId("chain").innerHTML = shown.parts.map((part) => (part.since <= cursor ? part.html : part.before)).join("");
  }

  function losses(readings, cursor) {
    if (!byId("losses-fold").open) return;
    const chart = readings.losses.filter((variant) => variant.since <= cursor).at(-1).figure;
    byId("losses-none").hidden = chart.data[0].x.length > 0;
    window.Plotly.react(document.querySelector("#losses .js-plotly-plot"), chart.data, chart.layout);
  }

  function settings(readings) {
    for (const field of fields()) {
      const problem = readings.problems[field.id] || "";
      setText(byId(`${field.id}-problem`), problem);
      field.setAttribute("aria-invalid", String(Boolean(problem)));
      if (problem) field.setAttribute("aria-describedby", `${field.id}-problem`);
      else field.removeAttribute("aria-describedby");
      if (!problem && field !== document.activeElement) field.value = readings.settings[field.id];
    }
  }

  function fields() {
    return [...document.querySelectorAll("#settings .field input")];
  }

  function digits(note) {
    setText(byId("exact"), note || words["page.exact"]);
  }

  function notify(text) {
    setText(byId("notice-text"), text);
    byId("notice").hidden = !text;
  }

  function playing(isPlaying) {
    setText(byId("play"), words[isPlaying ? "button.pause" : "button.play"]);
  }

  function nudge(button) {
    const hint = byId("hint");
    setText(hint, byId(button).title);
    hint.classList.remove("nudge");
    void hint.offsetWidth;
    hint.classList.add("nudge");
  }

  function busy(isBusy) {
    byId("page").setAttribute("aria-busy", String(isBusy));
    if (isBusy) setText(byId("hint"), words["page.waiting"]);
  }

  function copied(isCopied) {
    const button = byId("copy");
    setText(button, words[isCopied ? "button.copied" : "button.copy_failed"]);
    setTimeout(() => setText(button, words["button.copy"]), 2500);
  }

  /* A place is the same in formula, table and network. */

  function mark(at, readings) {
    marked = at;
    byId("network").classList.toggle("choosable", Boolean(readings?.chains[at]));
    for (const node of document.querySelectorAll(".pointed")) node.classList.remove("pointed");
    if (!at) return;
    for (const node of document.querySelectorAll(`[data-at="${CSS.escape(at)}"]`)) node.classList.add("pointed");
  }

  function point(readings, cursor, at) {
    if (at === pointed) return;
    pointed = at;
    mark(at);
    move(readings, cursor);
  }

  function choose(readings, cursor, at) {
    chosen = at === chosen ? "" : at;
    chain(readings, cursor);
    if (chosen) byId("chain-card").scrollIntoView({block: "nearest"});
  }

  function unchoose(readings, cursor) {
    document.querySelector("#weights tr.chosen button")?.focus({preventScroll: true});
    choose(readings, cursor, "");
  }

  window.nnviz = {
    ...window.nnviz,
    painting: {
      busy, choose, copied, digits, drawn, fields, figure, losses, mark, notify, nudge, playing, point, settings,
      unchoose, view,
      speak(sentences) { words = sentences; },
      say: (key) => words[key],
    },
  };
})();
