/* The player: holds the settings, the cursor and the current passes' readings, and sets what Python prepared.
 *
 * goal      where the reader wants to be: {iteration, cursor}
 * readings  the newest answer of the server: a view for each cursor of the passes that it has released
 * A step within those passes is painted at once; any other place is asked for, and painted when the answer comes.
 */
(() => {
  "use strict";

  const WAIT_FOR_SERVER = 8000, TYPING_PAUSE = 150, ADDRESS_PAUSE = 60;
  const STILL = {mode: "immediate", frame: {duration: 0, redraw: false}, transition: {duration: 0}};
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const narrow = window.matchMedia("(max-width: 719px)");
  const byId = (id) => document.getElementById(id);
  const setText = (node, text) => { if (node.textContent !== text) node.textContent = text; };

  let words = {}, readings = null, goal = null, painted = null;
  let serial = 0, asked = null, timeout = 0, typing = 0, ticking = 0;
  let chosen = "", pointed = "", focusedByPointer = false;

  /* ---- asking the server ---- */

  function look() {
    return {theme: dark.matches ? "dark" : "light", frame: narrow.matches ? "compact" : "wide"};
  }

  function fields() {
    return [...document.querySelectorAll("#settings .field input")];
  }

  function texts() {
    return Object.fromEntries(fields().map((field) => [field.id, field.value]));
  }

  function request(extra) {
    clearTimeout(typing);
    typing = 0;
    serial += 1;
    const place = {iteration: String(goal?.iteration ?? 1), step: String(goal?.cursor ?? 0)};
    asked = {serial, typed: texts(), kept: readings && readings.settings, repeated: [], ...place, ...look(), ...extra};
    clearTimeout(timeout);
    timeout = setTimeout(failed, WAIT_FOR_SERVER);
    return asked;
  }

  function ask(extra) {
    window.dash_clientside.set_props("request", {data: request(extra)});
  }

  function failed() {
    asked = null;
    goal = readings && {iteration: readings.iteration, cursor: painted};
    pause();
    notify(words["page.failed"]);
  }

  function open(search, sentences) {
    words = sentences;
    const typed = {}, repeated = [];
    for (const [name, value] of new URLSearchParams(search || "")) {
      if (name in typed) repeated.push(name); else typed[name] = value;
    }
    return request({typed, repeated, kept: null, iteration: typed.iteration ?? "1", step: typed.step ?? "0"});
  }

  async function receive(answer) {
    if (!answer || answer.serial !== serial) return;
    clearTimeout(timeout);
    const fromElsewhere = asked === null || asked.kept === null || goal === null || goal.iteration !== answer.iteration;
    asked = null;
    readings = answer;
    if (fromElsewhere) goal = {iteration: answer.iteration, cursor: answer.cursor};
    goal.cursor = Math.min(goal.cursor, answer.steps);
    if (goal.cursor > answer.released) ask({});
    await drawn();
    if (readings !== answer) return;
    showSettings();
    if (answer.notice) notify(answer.notice);
    painted = null;
    const cursor = Math.min(goal.cursor, answer.released);
    await window.Plotly.react(graph(), answer.figure.data, answer.figure.layout, graph()._context);
    if (readings !== answer) return;
    paint(cursor === answer.cursor ? cursor : Math.min(goal.cursor, answer.released), cursor !== answer.cursor);
    document.documentElement.dataset.ready = String(answer.serial);
  }

  /* ---- moving the cursor ---- */

  const forwardEnd = () => readings.phases[0].steps;
  const atEnd = () => goal.cursor >= readings.steps;

  function refused(button) {
    return !readings || byId(button).getAttribute("aria-disabled") === "true";
  }

  function go(iteration, cursor) {
    const pending = asked !== null;
    goal = {iteration, cursor};
    if (pending && String(iteration) === asked.iteration && inAskedPass(cursor)) return;
    if (!pending && !typing && iteration === readings.iteration && cursor <= readings.released) paint(cursor, true);
    else ask({});
  }

  function inAskedPass(cursor) {
    return cursor <= (Number(asked.step) <= forwardEnd() ? (Number(asked.step) && forwardEnd()) : readings.steps);
  }

  function following() {
    return readings.views[readings.released] && !readings.views[readings.released].refusals.next;
  }

  const actions = {
    forward() {
      if (goal.cursor < forwardEnd()) go(goal.iteration, goal.cursor + 1);
      else if (atEnd() && following()) go(goal.iteration + 1, 1);
    },
    backward() {
      if (goal.cursor >= forwardEnd() && !atEnd()) go(goal.iteration, goal.cursor + 1);
    },
    step() {
      if (goal.cursor < forwardEnd() || atEnd()) actions.forward(); else actions.backward();
    },
    previous() {
      if (goal.cursor > 0) go(goal.iteration, goal.cursor - 1);
      else if (goal.iteration > 1) go(goal.iteration - 1, readings.steps);
    },
    home() { go(goal.iteration, 0); },
    end() { go(goal.iteration, readings.steps); },
    next() { if (following()) go(goal.iteration + 1, 0); },
    restart() { go(1, 0); },
    play() { if (ticking) pause(); else play(); },
    defaults() {
      goal = {iteration: 1, cursor: goal.cursor};
      ask({typed: {}, kept: null});
    },
  };

  function act(name) {
    if (!readings) return;
    if (name !== "play") pause();
    const button = byId(name);
    if (button && refused(name) && !(ticking && name === "play")) {
      byId("hint").classList.remove("nudge");
      void byId("hint").offsetWidth;
      byId("hint").classList.add("nudge");
    } else {
      actions[name]();
    }
  }

  function play() {
    actions.step();
    ticking = setInterval(tick, 1000 / Number(byId("speed").value));
    setText(byId("play"), words["button.pause"]);
  }

  function tick() {
    if (asked) return;
    if (atEnd()) pause(); else actions.step();
    if (atEnd() && !asked) pause();
  }

  function pause() {
    clearInterval(ticking);
    ticking = 0;
    setText(byId("play"), words["button.play"]);
  }

  /* ---- painting ---- */

  function graph() {
    return document.querySelector("#network .js-plotly-plot");
  }

  function drawn() {
    return new Promise((resolve) => {
      const look = () => (window.Plotly && graph()?.data ? resolve() : requestAnimationFrame(look));
      look();
    });
  }

  function paint(cursor, animate) {
    if (cursor === painted) return;
    painted = cursor;
    const view = readings.views[cursor];
    if (animate) window.Plotly.animate(graph(), view.frame, STILL);
    for (const id of ["meta", "title", "sentence", "hint"]) setText(byId(id), view[id]);
    byId("formula").innerHTML = view.formula;
    showExact(view.note);
    for (const button of document.querySelectorAll("#player button")) {
      const reason = view.refusals[button.id] || "";
      button.setAttribute("aria-disabled", String(Boolean(reason)));
      button.title = reason;
    }
    byId("forward").classList.toggle("primary", !view.refusals.forward);
    byId("backward").classList.toggle("primary", !view.refusals.backward);
    const slider = byId("step");
    slider.max = readings.steps;
    slider.value = cursor;
    slider.setAttribute("aria-valuetext", view.meta);
    slider.style.setProperty("--done", cursor / readings.steps);
    paintTable(cursor, view.at);
    paintChain(cursor);
    paintLosses(cursor);
    point(pointed);
    keepAddress();
  }

  function paintTable(cursor, at) {
    for (const row of document.querySelectorAll("#weights tbody tr")) {
      const cells = readings.table[row.dataset.row];
      row.classList.toggle("lit", row.dataset.row === at);
      for (const cell of row.cells) {
        const column = cell.dataset.column;
        if (!column || !readings.columns[row.dataset.row].includes(column)) continue;
        const known = cells[column] && cells[column].since <= cursor;
        setText(cell, known ? cells[column].text : words.unknown);
        cell.classList.toggle("unknown", !known);
        if (known && cells[column].exact) cell.dataset.exact = cells[column].exact; else delete cell.dataset.exact;
      }
    }
  }

  function paintChain(cursor) {
    const shown = readings.chains[chosen];
    byId("chain-card").hidden = !shown;
    for (const row of document.querySelectorAll("#weights tbody tr")) {
      row.querySelector("button").setAttribute("aria-expanded", String(Boolean(shown) && row.dataset.row === chosen));
      row.classList.toggle("chosen", row.dataset.row === chosen);
    }
    if (!shown) return;
    setText(byId("chain-title"), shown.title);
    byId("chain").innerHTML = shown.parts.map((part) => (part.since <= cursor ? part.html : part.before)).join("");
  }

  function paintLosses(cursor) {
    if (!byId("losses-fold").open) return;
    const {figure} = readings.losses.filter((variant) => variant.since <= cursor).at(-1);
    byId("losses-none").hidden = figure.data[0].x.length > 0;
    window.Plotly.react(document.querySelector("#losses .js-plotly-plot"), figure.data, figure.layout);
  }

  function showSettings() {
    for (const field of fields()) {
      const problem = readings.problems[field.id] || "";
      setText(byId(`${field.id}-problem`), problem);
      field.setAttribute("aria-invalid", String(Boolean(problem)));
      if (problem) field.setAttribute("aria-describedby", `${field.id}-problem`); else field.removeAttribute("aria-describedby");
      if (!problem && field !== document.activeElement) field.value = readings.settings[field.id];
    }
  }

  function showExact(note) {
    setText(byId("exact"), note || words["page.exact"]);
  }

  function notify(text) {
    setText(byId("notice-text"), text);
    byId("notice").hidden = !text;
  }

  /* ---- the address: replaced, never piled up, and not more often than browsers allow ---- */

  let addressTimer = 0, addressTime = 0;

  function keepAddress() {
    clearTimeout(addressTimer);
    const early = addressTime + ADDRESS_PAUSE - performance.now();
    if (early > 0) addressTimer = setTimeout(writeAddress, early); else writeAddress();
  }

  function writeAddress() {
    clearTimeout(addressTimer);
    addressTime = performance.now();
    if (readings && painted !== null) history.replaceState(history.state, "", `?${readings.query}&step=${painted}`);
  }

  async function copyLink() {
    writeAddress();
    const button = byId("copy");
    let said = words["button.copied"];
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      said = words["button.copy_failed"];
    }
    setText(button, said);
    setTimeout(() => setText(button, words["button.copy"]), 2500);
  }

  /* ---- pointing and choosing: a place is the same in formula, table and network ---- */

  function point(at) {
    pointed = at;
    for (const node of document.querySelectorAll(".pointed")) node.classList.remove("pointed");
    if (at) for (const node of document.querySelectorAll(`[data-at="${CSS.escape(at)}"]`)) node.classList.add("pointed");
  }

  function pointFromPage(at) {
    if (at === pointed || !readings) return;
    point(at);
    window.Plotly.animate(graph(), readings.figure.pointing[at] || readings.figure.pointing[""], STILL);
  }

  function choose(at) {
    chosen = at;
    if (!readings) return;
    paintChain(painted);
    if (at) byId("chain-card").scrollIntoView({block: "nearest"});
  }

  /* ---- what people do ---- */

  const KEYS = {ArrowRight: "step", ArrowLeft: "previous", " ": "play", Home: "home", End: "end", n: "next", r: "restart"};

  function onKey(event) {
    if (event.key === "Tab") focusedByPointer = false;
    if (event.ctrlKey || event.metaKey || event.altKey || byId("keys-list")?.open) return;
    const target = event.target;
    if (target.matches("input[type=text], select, textarea")) return;
    if (target.id === "step" && event.key.startsWith("Arrow")) return;
    if (event.key === " " && !focusedByPointer && target.matches("button, summary, input")) return;
    if (event.key === "?") {
      event.preventDefault();
      byId("keys-list").showModal();
      return;
    }
    const name = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!name || !readings) return;
    event.preventDefault();
    act(name);
  }

  function onKeyUp(event) {
    if (event.key === " " && focusedByPointer && event.target.matches("button, summary")) event.preventDefault();
  }

  function onClick(event) {
    const button = event.target.closest("button");
    const row = event.target.closest("[data-row]");
    if (row) choose(row.dataset.row === chosen ? "" : row.dataset.row);
    else if (!button) return;
    else if (button.id === "keys") byId("keys-list").showModal();
    else if (button.id === "close-keys") byId("keys-list").close();
    else if (button.id === "copy") copyLink();
    else if (button.id === "dismiss") notify("");
    else if (button.id === "close-chain") choose("");
    else if (button.id in actions) act(button.id);
  }

  function onInput(event) {
    if (event.target.id === "step" && readings) {
      pause();
      go(goal.iteration, Number(event.target.value));
    } else if (event.target.closest("#settings .field") && readings) {
      pause();
      clearTimeout(typing);
      typing = setTimeout(() => ask({}), TYPING_PAUSE);
    }
  }

  function onChange(event) {
    if (event.target.id === "speed" && ticking) {
      clearInterval(ticking);
      ticking = setInterval(tick, 1000 / Number(event.target.value));
    } else if (event.target.closest("#settings .field") && readings) {
      if (typing) ask({}); else if (!asked) showSettings();
    }
  }

  function onPointer(event) {
    const marked = event.target.closest?.("[data-at]");
    pointFromPage(marked ? marked.dataset.at : "");
    const exact = event.target.closest?.("[data-exact]");
    if (readings && painted !== null) showExact(exact ? exact.dataset.exact : readings.views[painted].note);
  }

  function connectGraph() {
    const node = graph();
    node.on("plotly_hover", (event) => { point(event.points[0].customdata || ""); });
    node.on("plotly_unhover", () => point(""));
    node.on("plotly_click", (event) => {
      const at = event.points[0].customdata;
      if (at && readings.chains[at]) choose(at);
    });
  }

  function start() {
    document.addEventListener("keydown", onKey);
    document.addEventListener("keyup", onKeyUp);
    document.addEventListener("click", onClick);
    document.addEventListener("input", onInput);
    document.addEventListener("change", onChange);
    document.addEventListener("pointerdown", () => { focusedByPointer = true; });
    document.addEventListener("pointerover", onPointer);
    document.addEventListener("toggle", (event) => {
      if (event.target.id === "losses-fold" && readings) paintLosses(painted);
    }, true);
    window.addEventListener("pagehide", writeAddress);
    dark.addEventListener("change", () => readings && ask({}));
    narrow.addEventListener("change", () => readings && ask({}));
    drawn().then(connectGraph);
  }

  start();
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    nnviz: {
      open,
      receive: (answer) => { receive(answer); return window.dash_clientside.no_update; },
    },
  });
})();
