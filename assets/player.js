/* The player: moves the cursor.
 *
 * goal      where the reader wants to be: {iteration, cursor}; while the server is asked, as far as can be foreseen
 * readings  the newest answer of the server: a view for each cursor of the passes that it has released
 * asked     the request that is under way
 * queue     what is to be asked next, in the order in which people did it
 * missed    the place that no answer came for, which is gone for as soon as the server answers again
 * denied    the button of the last press, where that press came to nothing only once the answer was there
 * own       the texts of the newest network that is no example
 * A step within those passes is painted at once; any other place is asked for, and painted when the answer comes.
 */
(() => {
  "use strict";

  const TYPING_PAUSE = 150, PATIENCE = 300, OWN = "own";
  const TWICE = 500; // milliseconds within which Plotly tells of one tap twice
  const {address, display, fields, files, hands, line, painting} = window.nnviz;
  const byId = (id) => document.getElementById(id);

  let readings = null, goal = null, painted = null, serial = 0, asked = null, queue = [], missed = null, denied = "";
  let waiting = 0, typing = 0, ticking = 0, focusedByPointer = false;
  let chosen = "", isChecked = false, own = null, whenSettled = [], drawnFor = "";

  /* What the picture is drawn for: a theme, and the room that it has. */
  const look = () => JSON.stringify([display.theme(), display.room()]);

  /* ---- asking the server ---- */

  /* What is asked goes one by one, each for what the answer before it left: an entry has the texts that were there
     when it was asked for, ``more``, what else is different in its request, and the moves that people made after it,
     which start where its answer leaves the reader. */
  function entry(more = {}) {
    clearTimeout(typing);
    typing = 0;
    return {...fields.typed(), more, moves: []};
  }

  function request(one) {
    const {texts, more} = one;
    clearTimeout(waiting);
    waiting = setTimeout(() => painting.busy(true), PATIENCE);
    serial += 1;
    drawnFor = look();
    const {isTravel, ...other} = more;
    const data = {
      serial,
      typed: fields.untaken(texts),
      kept: readings && readings.kept,
      repeated: [],
      iteration: String(goal?.iteration ?? 1),
      step: String(goal?.cursor ?? 0),
      theme: display.theme(),
      room: display.room(),
      action: "",
      payload: "",
      chosen,
      checked: isChecked ? "yes" : "",
      panels: painting.panelsKey(),
      ...window.nnviz.training.wanted(goal?.iteration ?? 1),
      lesson: document.documentElement.dataset.lesson,
      ...other,
    };
    asked = {...data, entry: one, isTravel};
    return data;
  }

  function send(next) {
    window.dash_clientside.set_props("request", {data: request(next)});
  }

  /* Texts of the field that was last in use stand for those before them; a button that is pressed again while the
     server is away counts once. */
  function ask(more = {}) {
    const one = entry(more), last = queue.at(-1);
    const isStill = last && isPlain(last) && last.latest === one.latest && !last.moves.length;
    if (last && (isPlain(one) ? isStill : isAgain(last.more, more))) one.moves = queue.pop().moves;
    queue.push(one);
    if (!asked) next();
  }

  function next() {
    goal = missed ?? goal;
    missed = null;
    send(queue.shift());
    goal = placeAsked();
    asked.entry.moves.forEach(follow);
  }

  const placeAsked = () => ({iteration: Number(asked.iteration), cursor: Number(asked.step)});

  const isPlain = ({more}) => !Object.keys(more).length;
  const isEdit = (one) => !isPlain(one) || Object.keys(fields.untaken(one.texts)).length > 0;
  const isAgain = (before, now) => line.isDown() && Boolean(now.action) && before.action === now.action;

  /* What was not answered is asked again later, at the place where the reader wanted to be, unless they go elsewhere. */
  function unanswered({serial: of, isSlice}) {
    if (isSlice) window.nnviz.training.failed(true);
    if (isSlice && !asked && !queue.length) queue.push(entry());
    if (isSlice || of !== asked?.serial) return;
    queue.unshift(asked.entry);
    missed = placeAsked();
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
    denied = "";
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
    denied = "";
    send({...entry(), more: place()});
  }

  async function receive(answer) {
    await hands.free();
    if (!answer || !asked || answer.serial !== serial) return;
    settle();
    const asks = asked;
    asked = null;
    missed = null;
    if (answer.replaces && !asks.isTravel) address.turn();
    const isLarge = answer.incomplete && readings && !readings.incomplete;
    remember(answer);
    readings = answer;
    goal = {iteration: answer.iteration, cursor: answer.cursor};
    asks.entry.moves.forEach(follow);
    fields.taken(answer, asks.entry);
    window.nnviz.training.meet(answer);
    await painting.drawn();
    if (readings !== answer) return;
    painting.panels(answer);
    painting.settings(answer);
    fields.set(answer);
    moving.settle(answer);
    if (!asked && queue.length) next(); else if (!asked && !isHere(answer)) ask();
    if (answer.notice || isLarge) painting.notify(answer.notice || answer.incomplete);
    await painting.figure(answer, asks.room);
    if (readings !== answer) return;
    if (!asked && look() !== drawnFor) ask();
    painted = null;
    const cursor = isHere(answer) ? goal.cursor : answer.cursor;
    paint(cursor, cursor !== answer.cursor);
    if (!asked && denied && isOff(denied)) painting.nudge(denied);
    if (!asked) denied = "";
    painting.understanding(answer);
    window.nnviz.training.arrived(answer, asks);
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

  const isOff = (name) => byId(name)?.getAttribute("aria-disabled") === "true";

  /* A move is {to, name}: ``to`` says to where it goes from the goal, [iteration, cursor], if it goes anywhere; what
     is pressed while the server is asked is done again from where the answer leaves the reader. */
  function follow({to, name}) {
    const place = to();
    denied = place ? "" : name;
    if (place) goal = {iteration: place[0], cursor: Math.min(place[1], readings.steps)};
  }

  function go(to, name = "") {
    const move = {to, name};
    if (typing) ask();
    if (asked) (queue.at(-1) ?? asked.entry).moves.push(move);
    const before = goal;
    follow(move);
    if (asked || goal === before) return;
    const last = queue.at(-1);
    if (last && isEdit(last) && !isHere(readings)) {
      last.moves = [move];
      goal = before;
      next();
      return;
    }
    missed = null;
    for (const one of queue) one.moves = [];
    if (isHere(readings)) paint(goal.cursor, true); else ask();
  }

  const places = {
    forward() {
      if (goal.cursor < forwardEnd()) return [goal.iteration, goal.cursor + 1];
      return atEnd() && mayFollow() ? [goal.iteration + 1, 1] : null;
    },
    backward: () => (goal.cursor >= forwardEnd() && !atEnd() ? [goal.iteration, goal.cursor + 1] : null),
    step: () => places.forward() ?? places.backward(),
    previous() {
      if (goal.cursor > 0) return [goal.iteration, goal.cursor - 1];
      return goal.iteration > 1 ? [goal.iteration - 1, readings.steps] : null;
    },
    home: () => [goal.iteration, 0],
    end: () => [goal.iteration, readings.steps],
    next: () => (mayFollow() ? [goal.iteration + 1, 0] : null),
    restart: () => (goal.iteration > 1 || goal.cursor > 0 ? [1, 0] : null),
  };

  function act(name) {
    if (!readings) return;
    if (name !== "play") pause();
    if (isOff(name) && !asked && !typing && !ticking) painting.nudge(name);
    else if (name !== "play") go(places[name], name);
    else if (ticking) pause();
    else play();
  }

  function play() {
    go(places.step);
    ticking = setInterval(tick, 1000 / Number(byId("speed").value));
    painting.playing(true);
  }

  function tick() {
    if (asked) return;
    if (!isOver()) go(places.step);
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
    present: display.present,
    rail: display.rail,
  };

  const PLAIN = new Set(["keys", "close-keys", "dismiss", "present", "rail"]); // what needs nothing painted

  function onKey(event) {
    if (event.key === "Tab") focusedByPointer = false;
    if (event.ctrlKey || event.metaKey || event.altKey || byId("keys-list")?.open) return;
    if (event.key === "Escape" && display.escape()) return;
    const target = event.target;
    if (target.matches("input[type=text], input[type=file], select, textarea")) return;
    if (target.id === "step" && event.key.startsWith("Arrow")) return;
    if (target.dataset.moves && SLIDING.test(event.key)) return;
    if (event.key === " " && !focusedByPointer && target.matches("button, summary")) return;
    if (event.key === "?") CLICKS.keys();
    if (event.key.toLowerCase() === "p") display.present();
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
    if (painted === null && !PLAIN.has(button?.id)) return;
    if (row) choose(row.dataset.row);
    else if (button?.dataset.action) perform(button.dataset.action);
    else if (button?.dataset.sample) chooseSample(button.dataset.sample);
    else if (button?.id in CLICKS) CLICKS[button.id]();
    else if (button && (button.id === "play" || button.id in places)) act(button.id);
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
      go(() => [readings.goals[at].iteration, readings.goals[at].cursor]);
      byId("step-card").scrollIntoView({block: "nearest"});
      return;
    }
    chosen = at === chosen ? "" : at;
    isChecked = false;
    ask();
  }

  function unchoose() {
    document.querySelector("#table tr.chosen button")?.focus({preventScroll: true});
    choose(chosen);
  }

  function onInput(event) {
    if (painted === null) return;
    if (event.target.id === "step") {
      const cursor = Number(event.target.value);
      pause();
      go(() => [goal.iteration, cursor]);
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
      if (action === "csv") fields.put("csv", text);
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
    let tapped = {place: "", at: 0};
    graph.on("plotly_click", ({points: [{customdata}]}) => {
      if (painted === null || !customdata || readings.figure.drag) return;
      const now = performance.now(), isSame = customdata === tapped.place && now - tapped.at < TWICE;
      tapped = {place: customdata, at: now};
      if (!isSame) choose(customdata);
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
    visit(iteration, cursor) { pause(); go(() => [iteration, cursor]); },
    whenSettled(action) {
      if (!asked && !typing) action(); else whenSettled.push(action);
      if (typing && !asked) ask();
    },
    open({texts, iteration, cursor}) {
      pause();
      goal = {iteration, cursor};
      chosen = "";
      ask({kept: texts, typed: {}, iteration: String(iteration), step: String(cursor)});
    },
  };
  const moving = window.nnviz.moving.connect({
    drag: () => painted !== null && readings.figure.drag,
    isAsking: () => Boolean(asked || queue.length),
    ask() { pause(); ask(); },
  });

  line.connect({unanswered, refused, again});
  window.addEventListener("popstate", onHistory);
  document.addEventListener("keydown", onKey);
  document.addEventListener("keyup", onKeyUp);
  document.addEventListener("click", onClick);
  document.addEventListener("input", onInput);
  document.addEventListener("change", onChange);
  document.addEventListener("pointerover", onPointer);
  document.addEventListener("pointerdown", () => { focusedByPointer = true; });
  document.addEventListener("toggle", () => {
    if (painted !== null) painting.refold(readings, painted);
  }, true);
  display.onChange(() => { if (readings && !asked && !queue.length && look() !== drawnFor) ask(); });
  painting.drawn().then(connectGraph);

  window.dash_clientside = {
    ...window.dash_clientside,
    nnviz: {open, receive(answer) { receive(answer); }},
  };
})();
