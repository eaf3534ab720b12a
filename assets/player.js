/* The player: moves the cursor.
 *
 * goal      where the reader wants to be: {iteration, cursor}
 * readings  the newest answer of the server: a view for each cursor of the passes that it has released
 * asked     the request that is under way
 * queue     what is to be asked next, in the order in which people did it
 * missed    the goal when no answer came, which is gone for as soon as the server answers again
 * own       the texts of the newest network that is no example
 * A step within those passes is painted at once; any other place is asked for, and painted when the answer comes.
 */
(() => {
  "use strict";

  const TYPING_PAUSE = 150, PATIENCE = 300, OWN = "own";
  const {address, fields, files, line, painting} = window.nnviz;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const narrow = window.matchMedia("(max-width: 719px)");
  const byId = (id) => document.getElementById(id);

  let readings = null, goal = null, painted = null, serial = 0, asked = null, queue = [], missed = null;
  let waiting = 0, typing = 0, ticking = 0, focusedByPointer = false;
  let chosen = "", isChecked = false, isNew = false, own = null, whenSettled = [];

  /* ---- asking the server ---- */

  /* What is asked goes one by one, each for what the answer before it left: an entry has the texts that were there
     when it was asked for, and ``more``, what else is different in its request. */
  function entry(more = {}) {
    clearTimeout(typing);
    typing = 0;
    return {...fields.typed(), more};
  }

  function request({texts, until, more}) {
    clearTimeout(waiting);
    waiting = setTimeout(() => painting.busy(true), PATIENCE);
    serial += 1;
    const {isTravel, ...other} = more;
    const data = {
      serial,
      typed: fields.untaken(texts),
      kept: readings && readings.kept,
      repeated: [],
      iteration: String(goal?.iteration ?? 1),
      step: String(goal?.cursor ?? 0),
      theme: dark.matches ? "dark" : "light",
      frame: narrow.matches ? "compact" : "wide",
      action: "",
      payload: "",
      chosen,
      checked: isChecked ? "yes" : "",
      panels: painting.panelsKey(),
      ...window.nnviz.training.wanted(goal?.iteration ?? 1),
      lesson: document.documentElement.dataset.lesson,
      ...other,
    };
    asked = {...data, entry: {texts, until, more}, isTravel};
    return data;
  }

  function send(next) {
    window.dash_clientside.set_props("request", {data: request(next)});
  }

  /* Texts of the field that was last in use stand for those before them; a button that is pressed again while the
     server is away counts once. */
  function ask(more = {}) {
    const one = entry(more), last = queue.at(-1), isPlain = ({more: its}) => !Object.keys(its).length;
    const isSame = last && (isPlain(one) ? isPlain(last) && last.latest === one.latest : isAgain(last.more, more));
    if (isSame) queue.pop();
    queue.push(one);
    if (!asked) next();
  }

  function next() {
    goal = missed ?? goal;
    missed = null;
    send(queue.shift());
  }

  const isAgain = (before, now) => line.isDown() && Boolean(now.action) && before.action === now.action;

  /* What was not answered is asked again later, at the place where the reader wanted to be, unless they go elsewhere. */
  function unanswered({serial: of, isSlice}) {
    if (isSlice) window.nnviz.training.failed(true);
    if (isSlice && !asked && !queue.length) queue.push(entry());
    if (isSlice || of !== asked?.serial) return;
    queue.unshift(asked.entry);
    missed = goal;
    giveUp();
  }

  function refused({serial: of, isSlice}) {
    if (isSlice) window.nnviz.training.failed(false);
    if (isSlice || of !== asked?.serial) return;
    queue = [];
    moving.forget();
    giveUp();
  }

  function giveUp() {
    settle();
    asked = null;
    whenSettled = [];
    pause();
    if (painted !== null) goal = {iteration: readings.iteration, cursor: painted};
  }

  function again() {
    if (!asked && queue.length) next(); else window.nnviz.training.again();
  }

  function settle() {
    clearTimeout(waiting);
    painting.busy(false);
  }

  function open(words) {
    painting.speak(words);
    painting.lesson(document.documentElement.dataset.lesson);
    own = address.remembered().own ?? null;
    return request({...entry(), more: place()});
  }

  /* What the address asks for, which begins anew; what is too much for it is in the history beside it. */
  function place() {
    chosen = "";
    isChecked = false;
    delete document.documentElement.dataset.ready;
    const link = address.read(location.search), {file} = address.remembered();
    const given = file ? {action: "open", payload: JSON.stringify({...file, ...link.place}), typed: {}} : {};
    return {...link.asks, kept: null, ...given, isTravel: true};
  }

  /* The browser goes back or forward to another place of this page; what was under way is of the place before. */
  function onHistory() {
    if (!readings) return;
    pause();
    painting.notify("");
    address.forget();
    fields.forget();
    moving.forget();
    queue = [];
    whenSettled = [];
    missed = null;
    send({...entry(), more: place()});
  }

  async function receive(answer) {
    if (!answer || !asked || answer.serial !== serial) return;
    settle();
    goal = goalAfter(answer);
    const asks = asked;
    asked = null;
    missed = null;
    if (answer.replaces && !asks.isTravel) address.turn();
    const isLarge = answer.incomplete && readings && !readings.incomplete;
    remember(answer);
    readings = answer;
    fields.taken(answer, asks.entry);
    window.nnviz.training.meet(answer);
    await painting.drawn();
    if (readings !== answer) return;
    painting.panels(answer);
    fields.set(answer);
    painting.settings(answer);
    moving.settle(answer);
    if (!asked && queue.length) next(); else if (!asked && !isHere(answer)) ask();
    if (answer.notice || isLarge) painting.notify(answer.notice || answer.incomplete);
    await painting.figure(answer);
    if (readings !== answer) return;
    painted = null;
    const cursor = isHere(answer) ? goal.cursor : answer.cursor;
    paint(cursor, cursor !== answer.cursor);
    painting.understanding(answer);
    window.nnviz.training.arrived(answer, asks);
    if (isNew && answer.story) byId("chain-card").scrollIntoView({block: "nearest"});
    isNew = false;
    if (!asked) document.documentElement.dataset.ready = String(answer.serial);
    moving.again();
    if (!asked && !typing) for (const action of whenSettled.splice(0)) action();
  }

  /* A network of one's own can be chosen again, as it was left. */
  function remember({settings, kept}) {
    const option = byId("preset").querySelector(`[value="${OWN}"]`);
    if (settings.preset === OWN) own = kept;
    else if (readings?.settings.preset === OWN && painted !== null) own = file();
    option.disabled = !own;
  }

  /* Where the reader wants to be once an answer is there: where it is, or as far from there as they have gone since. */
  function goalAfter(answer) {
    const iteration = Number(asked.iteration), cursor = Number(asked.step);
    const hasStayed = asked.kept === null || (goal.iteration === iteration && goal.cursor === cursor);
    if (hasStayed) return {iteration: answer.iteration, cursor: answer.cursor};
    const gone = goal.isFixed ? goal.cursor : goal.cursor + answer.cursor - cursor;
    return {
      iteration: Math.max(1, goal.iteration + answer.iteration - iteration),
      cursor: Math.min(Math.max(0, gone), answer.steps),
    };
  }

  function paint(cursor, animate) {
    if (cursor === painted) return;
    painted = cursor;
    painting.view(readings, cursor, animate);
    keepAddress();
  }

  function keepAddress() {
    if (painted === null || asked?.isTravel || queue[0]?.more.isTravel) return;
    const others = {own, file: readings.incomplete ? readings.kept : null};
    address.keep(readings.query, painted, window.nnviz.training.inAddress(), others);
  }

  /* ---- moving the cursor ---- */

  const forwardEnd = () => readings.phases[0].steps;
  const atEnd = () => goal.cursor >= readings.steps;
  const isOver = () => atEnd() && !(readings.plays_on && mayFollow());
  const mayFollow = () => !painting.viewAt(readings, readings.released).refusals.next;
  const isHere = (answer) => goal.iteration === answer.iteration && holds(answer, goal.cursor);
  const holds = (answer, cursor) => cursor >= answer.first && cursor <= answer.released;

  /* ``isFixed``: the cursor is meant as it is, and not so many steps from where the reader was. */
  function go(iteration, cursor, isFixed = false) {
    const here = goal;
    goal = {iteration, cursor, isFixed};
    missed = null;
    if (asked) return;
    if (typing) ask({iteration: String(here.iteration), step: String(here.cursor)});
    else if (iteration === readings.iteration && holds(readings, cursor)) paint(cursor, true);
    else ask();
  }

  const actions = {
    forward() {
      if (goal.cursor < forwardEnd()) go(goal.iteration, goal.cursor + 1);
      else if (atEnd() && mayFollow()) go(goal.iteration + 1, 1);
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
    home() { go(goal.iteration, 0, true); },
    end() { go(goal.iteration, readings.steps, true); },
    next() { if (mayFollow()) go(goal.iteration + 1, 0, true); },
    restart() { go(1, 0, true); },
    play() { if (ticking) pause(); else play(); },
  };

  function act(name) {
    if (!readings) return;
    if (name !== "play") pause();
    const refused = byId(name)?.getAttribute("aria-disabled") === "true";
    if (refused && !asked && !ticking) painting.nudge(name); else actions[name]();
  }

  function play() {
    actions.step();
    ticking = setInterval(tick, 1000 / Number(byId("speed").value));
    painting.playing(true);
  }

  function tick() {
    if (asked) return;
    if (!isOver()) actions.step();
    if (isOver() && !asked) pause();
  }

  function pause() {
    clearInterval(ticking);
    ticking = 0;
    painting.playing(false);
  }

  /* ---- what people do ---- */

  const KEYS = {ArrowRight: "step", ArrowLeft: "previous", " ": "play", Home: "home", End: "end", n: "next", r: "restart"};
  const SLIDING = /^(Arrow|Page|Home|End)/;
  const CLICKS = {
    keys: () => byId("keys-list").showModal(),
    "close-keys": () => byId("keys-list").close(),
    "close-chain": unchoose,
    check: () => { isChecked = true; ask(); },
    save,
    dismiss: () => painting.notify(""),
    copy: copyLink,
  };

  function onKey(event) {
    if (event.key === "Tab") focusedByPointer = false;
    if (event.ctrlKey || event.metaKey || event.altKey || byId("keys-list")?.open) return;
    const target = event.target;
    if (target.matches("input[type=text], input[type=file], select, textarea")) return;
    if (target.id === "step" && event.key.startsWith("Arrow")) return;
    if (target.dataset.moves && SLIDING.test(event.key)) return;
    if (event.key === " " && !focusedByPointer && target.matches("button, summary")) return;
    if (event.key === "?") CLICKS.keys();
    const name = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!name || painted === null) return;
    event.preventDefault();
    act(name);
  }

  function onKeyUp(event) {
    if (event.key === " " && focusedByPointer && event.target.matches("button, summary")) event.preventDefault();
  }

  function onClick(event) {
    const row = event.target.closest("[data-row]"), button = event.target.closest("button");
    if (painted === null) return;
    if (row) choose(row.dataset.row);
    else if (button?.dataset.action) perform(button.dataset.action);
    else if (button?.dataset.sample) chooseSample(button.dataset.sample);
    else if (button?.id in CLICKS) CLICKS[button.id]();
    else if (button?.id in actions) act(button.id);
  }

  /* The only sample is always shown. */
  function chooseSample(number) {
    if (!byId("sample")) return;
    fields.put("sample", number);
    ask();
  }

  function perform(action, payload = byId("csv")?.value ?? "") {
    const isCsv = action.startsWith("csv"), problem = isCsv && files.tooLarge("csv", payload.length);
    pause();
    if (problem) painting.complain("csv", problem);
    else ask({action, payload: isCsv || action === "open" ? payload : ""});
  }

  /* The story of a place is told until it is closed or another one is chosen. */
  function choose(at) {
    if (at in readings.goals) {
      pause();
      go(...readings.goals[at], true);
      byId("step-card").scrollIntoView({block: "nearest"});
      return;
    }
    const isSame = at === chosen;
    chosen = isSame ? "" : at;
    isChecked = false;
    ask();
    if (!isSame) isNew = true;
  }

  function unchoose() {
    document.querySelector("#table tr.chosen button")?.focus({preventScroll: true});
    choose(chosen);
  }

  function onInput(event) {
    if (painted === null) return;
    if (event.target.id === "step") {
      pause();
      go(goal.iteration, Number(event.target.value), true);
    } else if (event.target.dataset.moves) {
      moving.move(event.target.dataset.moves, event.target.value);
    } else if ("field" in event.target.dataset && event.target.tagName === "INPUT") {
      pause();
      clearTimeout(typing);
      typing = setTimeout(ask, TYPING_PAUSE);
    }
  }

  async function onChange(event) {
    const {target} = event;
    if (painted === null || painting.isReplacing()) return;
    if (target.id === "speed" && ticking) {
      clearInterval(ticking);
      ticking = setInterval(tick, 1000 / Number(target.value));
    } else if (target.type === "file" && target.files.length) {
      const action = target.id === "csv-file" ? "csv" : "open";
      const {text, problem} = await files.read(target.files[0], action);
      target.value = "";
      if (problem) {
        painting.complain(action, problem);
        return;
      }
      if (action === "csv") byId("csv").value = text;
      perform(action, text);
    } else if (target.id === "preset" && target.value === OWN) {
      fields.release("preset");
      perform("open", JSON.stringify(own));
    } else if ("field" in target.dataset) {
      pause();
      if (target.id === "preset") chosen = "";
      if (typing || target.tagName === "SELECT") ask(); else fields.leave(readings);
    }
  }

  /* All of what is shown and where, as files have it. */
  function file() {
    const {lesson} = document.documentElement.dataset;
    const place = {lesson, iteration: String(readings.iteration), step: String(painted)};
    return {...readings.kept, ...place, ...window.nnviz.training.inFile()};
  }

  function save() {
    const kept = file(), blob = new Blob([JSON.stringify(kept, null, 1)], {type: "application/json"});
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `nnviz-${kept.preset ?? kept.lesson}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  /* Dash's slider puts back the value that Dash knows when it loses the focus; the value is ours. */
  function keepFromDash(event) {
    if (event.target.matches?.(".dash-input-element")) event.stopPropagation();
  }

  function onPointer(event) {
    if (painted === null) return;
    painting.point(readings, painted, event.target.closest?.("[data-at]")?.dataset.at || "");
    painting.digits(event.target.closest?.("[data-exact]")?.dataset.exact || painting.viewAt(readings, painted).note);
  }

  async function copyLink() {
    address.write();
    if (readings?.incomplete) painting.notify(readings.incomplete);
    try {
      await navigator.clipboard.writeText(location.href);
      painting.copied(true);
    } catch {
      painting.copied(false);
    }
  }

  function connectGraph(graph) {
    graph.on("plotly_hover", ({points: [{customdata}], event}) => {
      painting.mark(customdata || "", readings);
      if (painted !== null) painting.tell(readings, painted, customdata || "", event);
    });
    graph.on("plotly_unhover", () => {
      painting.mark("");
      painting.tell(readings, painted, "");
    });
    graph.on("plotly_click", ({points: [{customdata}]}) => {
      if (painted !== null && customdata && !readings.figure.drag) choose(customdata);
    });
  }

  /* What training.js may ask of the player. */
  window.nnviz.player = {
    ask,
    keepAddress,
    readings: () => (painted === null ? null : readings),
    place: () => ({iteration: goal.iteration, cursor: goal.cursor}),
    isAt: ({iteration, cursor}) => goal.iteration === iteration && goal.cursor === cursor,
    knowsError: () => painted >= forwardEnd(),
    visit(iteration, cursor) { pause(); go(iteration, cursor, true); },
    whenSettled(action) {
      if (!asked && !typing) action(); else whenSettled.push(action);
      if (typing && !asked) ask();
    },
    open({texts, iteration, cursor}) {
      pause();
      goal = {iteration, cursor, isFixed: true};
      chosen = "";
      ask({kept: texts, typed: {}});
    },
  };
  const moving = window.nnviz.moving.connect({
    drag: () => painted !== null && readings.figure.drag,
    isAsking: () => Boolean(asked || queue.length),
    ask() { pause(); ask(); },
  });

  line.connect({unanswered, refused, again});
  window.addEventListener("popstate", onHistory);
  document.addEventListener("focusout", keepFromDash, true);
  document.addEventListener("keydown", onKey);
  document.addEventListener("keyup", onKeyUp);
  document.addEventListener("click", onClick);
  document.addEventListener("input", onInput);
  document.addEventListener("change", onChange);
  document.addEventListener("pointerover", onPointer);
  document.addEventListener("pointerdown", () => { focusedByPointer = true; });
  document.addEventListener("toggle", (event) => {
    if (painted !== null) painting.refold(readings, painted);
  }, true);
  for (const query of [dark, narrow]) query.addEventListener("change", () => readings && ask());
  painting.drawn().then(connectGraph);

  window.dash_clientside = {
    ...window.dash_clientside,
    nnviz: {open, receive(answer) { receive(answer); }},
  };
})();
