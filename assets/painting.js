/* Painting: sets on the page what Python prepared for a cursor. Keeps nothing but what is pointed at. */
(() => {
  "use strict";

  const STILL = {mode: "immediate", frame: {duration: 0, redraw: false}, transition: {duration: 0}};
  const SIZES = [1, .88, .76, .66]; // of a formula
  const finger = window.matchMedia("(hover: none)");
  const FRAMES = ["picture", "other-picture", "formula", "sentence", "step-card", "chain", "chain-card", "about", "notes",
    "panels"]; // which may be larger inside than outside
  const byId = (id) => document.getElementById(id);
  const setText = (node, text) => { if (node && node.textContent !== text) node.textContent = text; };
  const {fields} = window.nnviz;
  const graph = () => document.querySelector("#network .js-plotly-plot");
  const viewAt = (readings, cursor) => readings.views[cursor - readings.first];

  let words = {}, marked = "", pointed = "", told = "", panelsKey = "", isReplacing = false, matrices = {}, lit = [];
  let filled = {readings: null, cursor: 0, places: new Map()};

  function drawn() {
    return new Promise((resolve) => {
      const look = () => (window.Plotly && graph()?.data ? resolve(graph()) : requestAnimationFrame(look));
      look();
    });
  }

  /* ---- the network ---- */

  function figure(readings, room) {
    const {data, layout, least, label, legend} = readings.figure;
    byId("picture").setAttribute("aria-label", label);
    byId("picture").dataset.room = room.join(" ");
    byId("network").closest(".stage").classList.toggle("crowded", Boolean(readings.figure.crowded));
    window.nnviz.display.size("network", layout.width, layout.height, least);
    for (const node of document.querySelectorAll("p.legend")) setText(node, legend);
    byId("network").classList.toggle("movable", Boolean(readings.figure.drag));
    return window.Plotly.react(graph(), data, layout, graph()._context);
  }

  /* Each frame has all that may have changed, because a later one may take over before it is painted. */
  function move(readings, cursor) {
    const {frame} = viewAt(readings, cursor), {pointing} = readings.figure;
    const mark = pointing[pointed] || pointing[""];
    const all = {data: [...frame.data, ...mark.data], traces: [...frame.traces, ...mark.traces]};
    window.Plotly.animate(graph(), all, STILL).catch(() => { /* a later frame took over */ });
  }

  /* What is known of the place that the mouse is on stands beside it. */
  function tell(readings, cursor, place, event) {
    const tip = byId("tip"), lines = readings?.figure.hovers[place] || [];
    told = place;
    const known = lines.filter(({since}) => since >= 0 && since <= cursor);
    tip.replaceChildren(...(known.length ? known : lines.filter(({since}) => since < 0)).map(({text}) => {
      const row = document.createElement("div");
      row.textContent = text;
      return row;
    }));
    tip.hidden = !tip.childElementCount;
    if (!event || tip.hidden) return;
    const {width, height} = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(4, Math.min(event.clientX + 14, innerWidth - width - 4))}px`;
    tip.style.top = `${Math.max(4, Math.min(event.clientY + 14, innerHeight - height - 4))}px`;
  }

  /* What is larger than its frame can be moved with the keyboard. */
  function reach() {
    for (const frame of FRAMES.map(byId)) {
      const isLarger = frame.scrollWidth > frame.clientWidth || frame.scrollHeight > frame.clientHeight;
      if (isLarger) frame.tabIndex = 0; else frame.removeAttribute("tabindex");
    }
  }

  /* A network that is larger than its card is moved until what is lit is in sight. */
  function follow(readings, cursor) {
    const picture = byId("picture"), [x, y] = viewAt(readings, cursor).centre;
    picture.scrollLeft = x * picture.scrollWidth - picture.clientWidth / 2;
    picture.scrollTop = y * picture.scrollHeight - picture.clientHeight / 2;
  }

  /* ---- a step ---- */

  function view(readings, cursor, animate) {
    const shown = viewAt(readings, cursor);
    if (animate || pointed) move(readings, cursor);
    for (const id of ["meta", "title", "sentence", "hint"]) setText(byId(id), shown[id]);
    byId("formula").innerHTML = shown.formula;
    for (const place of byId("formula").querySelectorAll("[data-value]")) put(place, readings, cursor);
    const isFresh = equations(readings, cursor) || filled.readings !== readings;
    if (isFresh) fill(readings, cursor); else refill(readings, cursor);
    light(shown);
    digits(shown.note);
    buttons(shown.refusals);
    slider(readings, cursor);
    story(readings, cursor);
    fit(byId("formula"));
    follow(readings, cursor);
    reach();
    mark(marked, readings);
    if (told) tell(readings, cursor, told);
  }

  /* A formula is written as large as it has room for; one that has none at the least size ends with its result. */
  function fit(formula) {
    const isLarger = () => formula.scrollHeight > formula.clientHeight + 1 || formula.scrollWidth > formula.clientWidth + 1;
    for (const size of SIZES) {
      formula.style.setProperty("--size", size);
      if (!isLarger()) return;
    }
    formula.scrollTop = formula.scrollHeight;
  }

  /* Every place for a number, wherever it is, has the name of the number; it is filled in as soon as that is known.
     Once all are filled, a step only changes those whose numbers come to be known or are so no longer. */
  function fill(readings, cursor) {
    filled = {readings, cursor, places: new Map()};
    for (const place of document.querySelectorAll("#table [data-value], #matrices [data-value]")) {
      const since = readings.values[place.dataset.value]?.since;
      if (!filled.places.has(since)) filled.places.set(since, []);
      filled.places.get(since).push(place);
      put(place, readings, cursor);
    }
  }

  function refill(readings, cursor) {
    const [first, last] = [filled.cursor, cursor].sort((a, b) => a - b);
    for (let since = first + 1; since <= last; since += 1) {
      for (const place of filled.places.get(since) || []) put(place, readings, cursor);
    }
    filled.cursor = cursor;
  }

  function put(place, readings, cursor) {
    const number = readings.values[place.dataset.value], known = Boolean(number) && number.since <= cursor;
    const isFew = "few" in place.dataset;
    setText(place, known ? number[isFew ? "few" : "text"] : place.dataset.unknown || words.unknown);
    if (place.tagName === "TD") place.className = known ? `kind-${number.kind}` : "unknown";
    else place.classList.toggle("unknown", !known);
    const exact = known && (number.exact || (isFew && `${place.dataset.value} = ${number.text}`));
    if (exact) place.dataset.exact = exact; else delete place.dataset.exact;
  }

  /* The rows of the table and the entries of the matrices that the step is about. */
  function light(shown) {
    for (const node of lit) node.classList.remove("lit");
    const row = (place) => document.querySelector(`#table tr[data-row="${CSS.escape(place)}"]`);
    const named = (name) => ["value", "of"].map((key) => `#matrices [data-${key}="${CSS.escape(name)}"]`).join();
    const entries = (name) => [...document.querySelectorAll(named(name))];
    const rows = shown.at.map(row).filter(Boolean);
    lit = [...rows, ...shown.names.flatMap(entries)];
    for (const node of lit) node.classList.add("lit");
    if (rows.length) {
      reveal(rows[0], byId("table"));
      show(rows[0], shown.names, byId("table"));
    }
  }

  /* A table that is higher than its frame is moved until the row is in sight. */
  function reveal(row, frame) {
    if (frame.scrollHeight <= frame.clientHeight) return;
    const {top, height} = row.getBoundingClientRect(), start = frame.getBoundingClientRect().top;
    const head = frame.querySelector("thead").offsetHeight, room = frame.clientHeight - head - height;
    const above = top - start - head;
    if (above < 0 || above > room) frame.scrollTop += above - Math.max(0, room / 2);
  }

  /* A table that is wider than its frame is moved until the number of the step is in sight, beside the row's head. */
  function show(row, names, frame) {
    if (frame.scrollWidth <= frame.clientWidth) return;
    const cell = names.map((name) => row.querySelector(`[data-value="${CSS.escape(name)}"]`)).find(Boolean);
    if (!cell) return;
    const {left, right} = cell.getBoundingClientRect(), edge = frame.getBoundingClientRect();
    const head = row.firstElementChild.getBoundingClientRect().width;
    if (right > edge.right) frame.scrollLeft += right - edge.right;
    else if (left < edge.left + head) frame.scrollLeft += left - edge.left - head;
  }

  /* Returns whether other equations than before are shown. */
  function equations(readings, cursor) {
    if (!byId("matrices-fold").open) return false;
    const {phase} = viewAt(readings, cursor), shown = matrices[phase];
    const frame = byId("matrices");
    if (frame.dataset.phase === phase) return false;
    frame.dataset.phase = phase;
    frame.innerHTML = shown || "";
    if (!shown) setText(frame, words["matrices.none"]);
    return true;
  }

  function refold(readings, cursor) {
    if (equations(readings, cursor)) fill(readings, cursor);
    light(viewAt(readings, cursor));
  }

  function buttons(refusals) {
    for (const button of document.querySelectorAll("#player button")) {
      const reason = refusals[button.id] || "", {about} = button.dataset;
      button.setAttribute("aria-disabled", String(Boolean(reason)));
      button.title = reason || about || "";
      if (about && !reason) button.removeAttribute("aria-describedby");
      else button.setAttribute("aria-describedby", "hint");
    }
    for (const id of ["forward", "backward"]) byId(id).classList.toggle("primary", !refusals[id]);
  }

  function slider(readings, cursor) {
    const step = byId("step");
    step.max = readings.steps;
    step.value = cursor;
    step.setAttribute("aria-valuetext", viewAt(readings, cursor).meta);
    step.style.setProperty("--done", cursor / readings.steps);
  }

  function story(readings, cursor) {
    const told = readings.story;
    byId("chain-card").hidden = !told;
    for (const row of document.querySelectorAll("#table tr.chosen")) choose(row, row.dataset.row === told?.place);
    if (!told) return;
    const row = document.querySelector(`#table tr[data-row="${CSS.escape(told.place)}"]`);
    if (row) choose(row, true);
    setText(byId("chain-title"), told.title);
    byId("chain").innerHTML = told.parts.map((part) => (part.since <= cursor ? part.html : part.before)).join("");
    byId("check").hidden = !told.checkable;
  }

  function choose(row, isChosen) {
    row.querySelector("button").setAttribute("aria-expanded", String(isChosen));
    row.classList.toggle("chosen", isChosen);
  }

  /* ---- charts ---- */

  const isFresh = (chart) => !chart._fullLayout;

  /* A chart is made where it is first shown; one that has no width of its own is as wide as its place. */
  async function plot(id, {data, layout}) {
    await drawn();
    const frame = byId(id), chart = frame.firstElementChild;
    if (layout.width) window.nnviz.display.size(id, layout.width, layout.height, 0); else frame.style.height = `${layout.height}px`;
    if (!layout.width && isFresh(chart)) new ResizeObserver(() => widen(chart)).observe(frame);
    await window.Plotly.react(chart, data, layout, graph()._context);
    return chart;
  }

  function widen(chart) {
    if (!isFresh(chart) && chart.clientWidth && chart.clientWidth !== chart._fullLayout.width) window.Plotly.Plots.resize(chart);
  }

  /* What was learned, and the ground: only where the page shows them. */
  function understanding({mark, learned, ground, beside}) {
    byId("training").hidden = !mark;
    byId("other-card").hidden = !beside;
    if (beside) {
      setText(byId("other-title"), beside.title);
      setText(byId("other-meta"), beside.meta);
      byId("other-picture").hidden = !beside.data;
      byId("other-picture").setAttribute("aria-label", beside.title);
      if (beside.data) {
        plot("other", beside).then(reach);
      }
    }
    if (learned) {
      setText(byId("learned-words"), learned.words);
      byId("learned-picture").hidden = !learned.figure;
      byId("learned-picture").setAttribute("aria-label", learned.label);
      byId("learned-table").innerHTML = learned.html;
      byId("learned-table").hidden = !learned.html;
      if (learned.figure) plot("learned", learned.figure);
    }
    if (ground) {
      setText(byId("ground-words"), ground.words);
      byId("ground-picture").hidden = !ground.figure;
      byId("ground-picture").setAttribute("aria-label", ground.label);
      options(byId("ground-across"), ground.options, ground.pair[0]);
      options(byId("ground-up"), ground.options, ground.pair[1]);
      if (ground.figure) plot("ground", ground.figure);
    }
  }

  function options(select, choices, chosen) {
    select.replaceChildren(...choices.map(({value, name}) => new Option(name, value, false, value === chosen)));
    select.dataset.had = chosen;
  }

  /* ---- what follows the network's shape ---- */

  function panels(readings) {
    const {panels: fresh, phases} = readings;
    if (!fresh) return;
    const had = document.activeElement, {id} = had, within = had.closest("#panels details")?.id;
    const open = [...document.querySelectorAll("#panels details[open]")].map((fold) => fold.id);
    const {selectionStart: from, selectionEnd: to} = had, write = fields.written();
    isReplacing = true; // the browser reports a change of the field that is taken away
    byId("panels").innerHTML = fresh.settings;
    isReplacing = false;
    byId("table").innerHTML = fresh.table;
    byId("table-card").hidden = !fresh.table;
    byId("table").setAttribute("aria-label", fresh.caption);
    setText(byId("table-hint"), fresh.hint);
    byId("notes").innerHTML = fresh.notes;
    byId("slider").innerHTML = fresh.slider || "";
    byId("passes").replaceChildren(...phases.map(({label, name, steps}) => {
      const mark = document.createElement("span");
      mark.className = name;
      mark.style.flexGrow = steps;
      mark.textContent = mark.title = label;
      return mark;
    }));
    byId("matrices-card").hidden = !fresh.matrices;
    matrices = fresh.matrices || {};
    delete byId("matrices").dataset.phase;
    panelsKey = fresh.key;
    write();
    for (const fold of open) if (byId(fold)) byId(fold).open = true;
    if (document.activeElement === had) return;
    if (!byId(id)) {
      document.querySelector(`#${within} > summary`)?.focus({preventScroll: true});
      return;
    }
    byId(id).focus({preventScroll: true});
    if (had.type === "text" && byId(id).type === "text") {
      if (!fields.isTouched(id)) byId(id).value = had.value;
      byId(id).setSelectionRange(from, to);
    }
  }

  function settings(readings) {
    byId("preset").hidden = !("preset" in readings.settings);
    for (const message of document.querySelectorAll("#panels .problem")) {
      setText(message, readings.problems[message.id.slice(0, -"-problem".length)] || "");
    }
    for (const field of fields.all()) {
      const problem = readings.problems[field.id] || "";
      field.setAttribute("aria-invalid", String(Boolean(problem)));
      if (problem) field.setAttribute("aria-describedby", `${field.id}-problem`);
      else field.removeAttribute("aria-describedby");
    }
    linked(byId("about"), readings.about);
    byId("next").hidden = readings.iterations === 1;
    setText(byId("by-samples"), readings.by_samples);
  }

  /* What was to be done by an action is refused here, and the server is not asked. */
  function complain(action, key) {
    setText(byId(`${action}-problem`), words[key]);
    if (action === "csv") setText(byId("csv-first-problem"), "");
  }

  /* Texts in a row, some of which lead to an address of our own table. */
  function linked(node, parts) {
    const shown = JSON.stringify(parts);
    if (node.dataset.shown === shown) return;
    node.dataset.shown = shown;
    node.replaceChildren(...parts.map(({text, address}) => {
      if (!address) return text;
      const link = document.createElement("a");
      return Object.assign(link, {href: address, target: "_blank", rel: "noopener", textContent: text});
    }));
  }

  /* ---- words ---- */

  function digits(note) {
    const isNetwork = document.documentElement.dataset.lesson === "network";
    const [touch, mouse] = isNetwork
      ? ["invitation.network_touch", "invitation.network_mouse"] : ["invitation.touch", "invitation.mouse"];
    setText(byId("exact"), note || words[finger.matches ? touch : mouse]);
  }

  function notify(text) {
    setText(byId("notice-text"), text);
    byId("notice").hidden = !text;
  }

  /* Takes down a notice that is no longer true, if it is still there. */
  function unnotify(text) {
    if (text && byId("notice-text").textContent === text) notify("");
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

  /* ---- a place is the same in formula, table and network ---- */

  function mark(at, readings) {
    marked = at;
    byId("network").classList.toggle("choosable", Boolean(readings && at));
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

  window.nnviz = {
    ...window.nnviz,
    painting: {
      busy, complain, copied, digits, drawn, figure, mark, notify, nudge, panels, playing, plot, point, refold,
      settings, tell, understanding, unnotify, view, viewAt,
      panelsKey: () => panelsKey,
      isReplacing: () => isReplacing,
      speak(sentences) { words = sentences; },
      say: (key) => words[key],
    },
  };
})();
