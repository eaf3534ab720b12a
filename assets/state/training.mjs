/* Training as data: which slice is asked for, what the slices left; and what an event makes of it.
 *
 * run         what is known of the run that is shown, and ``other`` of one to compare with
 * job         the training that is under way, of one of them: where it is, its goal, and what was there before
 * asked       the request that is under way, and the run that it is of
 * drawn       what the chart was asked for
 * jump        the text of an iteration to go to, which is read with the next request
 * unanswered  that no answer came for the last request, and which job goes on as soon as the server answers again
 * count       of runs and jobs, which are told apart by it
 * problems, live, words, progress   what is written beside the fields and the buttons
 */

import {beside, end, known, nearest, nothing, opened, path, together, told} from "./runs.mjs";

/** @import {Answer, Jump, PageRequest, Place, TrainingRequest, TrainingSlice} from "protocol" */
/** @import {Known, Other, Run} from "./runs.mjs" */

/**
 * How far the run that is shown is trained after that beside it, and where the reader is taken then.
 * @typedef {{goal: number, visit: Place}} Sequel
 *
 * A job that is quiet only completes the curve; one that visits goes to a place when it is over.
 * @typedef {object} Job
 * @property {"running" | "pausing" | "paused"} tag
 * @property {number} id
 * @property {number} of
 * @property {number} at
 * @property {number} goal
 * @property {number} since
 * @property {string} count
 * @property {string} below
 * @property {Known} before
 * @property {Place} place
 * @property {Place} origin
 * @property {Place | null} visit
 * @property {Sequel | null} sequel
 * @property {boolean} isQuiet
 * @property {boolean} isTaken
 *
 * @typedef {{tag: "idle"}} Idle
 *
 * What the page is like at an event: the iteration that it shows and its texts, if it shows any; where the reader is,
 * and whether they have seen its loss; whether the chart is open; and how it is to be drawn.
 * @typedef {object} Page
 * @property {number} iteration
 * @property {{[name: string]: string}} texts
 * @property {Place} place
 * @property {boolean} isShown
 * @property {boolean} knowsLoss
 * @property {boolean} isOpen
 * @property {TrainingRequest["scale"]} scale
 * @property {TrainingRequest["theme"]} theme
 *
 * @typedef {object} State
 * @property {Run} run
 * @property {Other | null} other
 * @property {Job | Idle} job
 * @property {number} serial
 * @property {{serial: number, of: number, isChart: boolean, jump: Jump | null} | null} asked
 * @property {string} drawn
 * @property {Jump | null} jump
 * @property {{goesOn: number} | null} unanswered
 * @property {number} count
 * @property {{[field: string]: string}} problems
 * @property {string} live
 * @property {string} words
 * @property {number} progress
 *
 * @typedef {{kind: "meet", answer: Answer}
 *   | {kind: "arrived", page: Page, answer: Answer, asked: Place}
 *   | {kind: "slice", page: Page, slice: TrainingSlice}
 *   | {kind: "next", page: Page}
 *   | {kind: "follow", page: Page}
 *   | {kind: "train", page: Page, count: string, below: string}
 *   | {kind: "pause", page: Page}
 *   | {kind: "cancel", page: Page}
 *   | {kind: "jump", page: Page, text: string}
 *   | {kind: "compare", page: Page, query: string}
 *   | {kind: "swap", page: Page, query: string}
 *   | {kind: "uncompare", page: Page}
 *   | {kind: "failed", isLater: boolean}
 *   | {kind: "again", page: Page}} Event
 *
 * @typedef {{kind: "send", request: TrainingRequest}
 *   | {kind: "chart", slice: TrainingSlice}
 *   | {kind: "wait", wait: number}
 *   | {kind: "visit", iteration: number, cursor: number}
 *   | {kind: "open", other: Other}
 *   | {kind: "ask page"}
 *   | {kind: "unfold"}} Effect
 *
 * @typedef {(effect: Effect) => void} Do
 */

/** @type {Readonly<State>} */
export const BEGUN = {
  run: nothing(0), other: null, job: {tag: "idle"}, serial: 0, asked: null, drawn: "", jump: null, unanswered: null,
  count: 0, problems: {}, live: "", words: "", progress: 0,
};

/**
 * What an event makes of a state, and what is to be done then, in this order.
 * @param {Readonly<State>} before
 * @param {Event} event
 * @returns {[State, Effect[]]}
 */
export function reduce(before, event) {
  const state = {...before};
  /** @type {Effect[]} */
  const effects = [];
  change(state, event, (effect) => effects.push(effect));
  return [state, effects];
}

/**
 * Whether people see that training is under way.
 * @param {Readonly<State>} state
 */
export const isSeen = ({job}) => job.tag !== "idle" && !job.isQuiet;

/**
 * What the page needs to ask for an iteration: the place of the run that is nearest before it, and what it shows.
 * @param {Readonly<State>} state
 * @param {number} iteration
 * @param {PageRequest["views"]} views
 * @returns {Pick<PageRequest, "run" | "mark" | "views" | "path" | "beside">}
 */
export function wanted({run, other, job}, iteration, views) {
  const isReady = other && !(job.tag !== "idle" && job.of === other.id);
  return {
    run: run.key,
    mark: nearest(run, iteration),
    views,
    path: views.includes("ground") ? path(run, iteration) : [],
    beside: isReady ? beside(other) : null,
  };
}

/**
 * Changes a copy of a state; what it holds is replaced, never changed.
 * @param {State} s
 * @param {Event} event
 * @param {Do} run
 */
function change(s, event, run) {
  switch (event.kind) {
    case "meet": return meet(s, event.answer);
    case "arrived": return arrived(s, event, run);
    case "slice": return received(s, event.slice, event.page, run);
    case "next": return next(s, event.page, run);
    case "follow": return follow(s, event.page, run);
    case "train": return train(s, event, run);
    case "pause":
      if (s.job.tag === "paused") resume(s, s.job, event.page, run);
      else if (s.job.tag === "running" && s.asked) s.job = {...s.job, tag: "pausing"};
      return;
    case "cancel": return cancel(s, event.page, run);
    case "jump":
      s.jump = {text: event.text, reach: Math.max(end(s.run), event.page.iteration)};
      return askJump(s, event.page, run);
    case "compare":
      s.other = here(s, event.page, event.query);
      return compared(s, run);
    case "swap": return swap(s, event, run);
    case "uncompare":
      if (s.job.tag !== "idle" && s.job.of === s.other?.id) stop(s);
      s.other = null;
      return compared(s, run);
    case "failed": return failed(s, event.isLater);
    case "again": return again(s, event.page, run);
  }
}

/**
 * @param {State} s
 * @param {number} id
 */
const named = (s, id) => [s.run, s.other].find((one) => one?.id === id);

/**
 * @param {State} s
 * @param {number} id
 * @param {Partial<Known>} found
 */
function learn(s, id, found) {
  if (s.run.id === id) s.run = {...s.run, ...found};
  else if (s.other?.id === id) s.other = {...s.other, ...found};
}

/** @param {State} s */
function counted(s) {
  s.count += 1;
  return s.count;
}

/**
 * Whether the reader is at a place.
 * @param {Page} page
 * @param {Place} place
 */
const isAt = (page, {iteration, cursor}) => page.place.iteration === iteration && page.place.cursor === cursor;

/* ---- asking for slices ---- */

/**
 * @param {State} s
 * @param {number} id
 * @param {number} from
 * @param {Pick<TrainingRequest, "goal"> & Partial<TrainingRequest>} more
 * @param {Page} page
 * @param {Do} run
 */
function ask(s, id, from, more, page, run) {
  const of = named(s, id) ?? s.run, mine = told(s.run, page.texts, page.iteration);
  const theirs = s.other && told(s.other, s.other.texts, s.other.iteration);
  const isMine = of === s.run;
  s.serial += 1;
  s.asked = {serial: s.serial, of: of.id, isChart: more.goal === null, jump: s.jump};
  const request = {
    serial: s.serial,
    run: isMine || !theirs ? mine : theirs,
    other: isMine ? theirs : null,
    mark: nearest(of, from),
    since: 1,
    count: "",
    below: "",
    jump: s.jump,
    scale: page.scale,
    theme: page.theme,
    ...more,
  };
  s.jump = null;
  run({kind: "send", request});
}

/**
 * Asks for the chart alone.
 * @param {State} s
 * @param {Page} page
 * @param {Do} run
 */
const askChart = (s, page, run) => ask(s, s.run.id, Math.max(1, end(s.run)), {goal: null}, page, run);

/**
 * What is to be read while a slice is under way is read with the next one.
 * @param {State} s
 * @param {Page} page
 * @param {Do} run
 */
function askJump(s, page, run) {
  if (s.jump && !s.asked) askChart(s, page, run);
}

/**
 * @param {State} s
 * @param {{of: Run, at: number, goal: number, since: number} & Partial<Omit<Job, "of">>} what
 * @param {Page} page
 * @param {Do} run
 */
function begin(s, what, page, run) {
  const usual = {count: "", below: "", visit: null, sequel: null, isQuiet: false, isTaken: false};
  const where = {before: known(what.of), place: page.place, origin: page.place};
  s.job = {...usual, ...where, ...what, of: what.of.id, id: counted(s), tag: "running"};
  written(s);
  next(s, page, run);
}

/**
 * @param {State} s
 * @param {Page} page
 * @param {Do} run
 */
function next(s, page, run) {
  if (s.job.tag === "idle" || s.job.tag === "paused") return;
  const {of, at, since, goal, count, below} = s.job;
  ask(s, of, at, {since, goal, count, below}, page, run);
}

/**
 * Training goes on from the iteration that is shown; what the curve has already is only searched for a lower loss.
 * @param {State} s
 * @param {Extract<Event, {kind: "train"}>} event
 * @param {Do} run
 */
function train(s, {page, count, below}, run) {
  if (s.job.tag !== "idle" && s.job.isQuiet) stop(s);
  if (s.job.tag !== "idle") return;
  const since = page.iteration, at = below.trim() ? since : Math.max(since, end(s.run));
  begin(s, {of: s.run, goal: 0, since, at, count, below}, page, run);
}

/**
 * @param {State} s
 * @param {TrainingSlice} slice
 * @param {Page} page
 * @param {Do} run
 */
function received(s, slice, page, run) {
  if (!s.asked || slice.serial !== s.asked.serial) return;
  const {of, isChart, jump} = s.asked;
  s.asked = null;
  if (!named(s, of)) return;
  if (!isChart || jump) s.problems = slice.problems;
  if (s.job.tag !== "idle" && slice.end === "refused") {
    stop(s);
    askJump(s, page, run);
    return;
  }
  taken(s, of, slice, isChart);
  if (of === s.run.id) show(s, slice, run);
  if (slice.jump) run({kind: "visit", iteration: slice.jump, cursor: 0});
  if (!isChart) goOn(s, slice, page, run);
  askJump(s, page, run);
}

/**
 * What a slice left counts for its run.
 * @param {State} s
 * @param {number} of
 * @param {TrainingSlice} slice
 * @param {boolean} isChart
 */
function taken(s, of, slice, isChart) {
  const {curve, overall, words} = slice;
  learn(s, of, {curve, overall});
  const one = named(s, of);
  if (!one) return;
  if (s.job.tag !== "idle") learn(s, of, {marks: together(one, slice.marks)});
  if (words && !(isChart && one.said.at === end(one))) learn(s, of, {said: {at: end(one), text: words}});
}

/**
 * @param {State} s
 * @param {TrainingSlice} slice
 * @param {Do} run
 */
function show(s, slice, run) {
  s.live = slice.live;
  if (!slice.live) s.words = s.run.said.text;
  run({kind: "chart", slice});
}

/**
 * @param {State} s
 * @param {TrainingSlice} slice
 * @param {Page} page
 * @param {Do} run
 */
function goOn(s, {goal, at, progress, end: ending, wait}, page, run) {
  if (s.job.tag === "idle") return;
  s.job = {...s.job, goal, at};
  s.progress = progress;
  if (ending !== "goes-on") finish(s, s.job, ending === "reached" ? goal : at, page, run);
  else if (s.job.tag === "pausing") pause(s, s.job, page, run);
  else if (wait) run({kind: "wait", wait});
  else next(s, page, run);
}

/**
 * The reader is taken where training stopped, unless they have gone elsewhere meanwhile.
 * @param {State} s
 * @param {Job} job
 * @param {number} at
 * @param {Page} page
 * @param {Do} run
 */
function finish(s, {visit, place, isQuiet, sequel}, at, page, run) {
  stop(s);
  if (sequel) goThere(s, sequel, page, run);
  else if (isQuiet || !isAt(page, place)) follow(s, page, run);
  else if (visit) run({kind: "visit", ...visit});
  else run({kind: "visit", iteration: at, cursor: 0});
}

/**
 * @param {State} s
 * @param {Job} job
 * @param {Page} page
 * @param {Do} run
 */
function pause(s, job, page, run) {
  const isWith = isAt(page, job.place) && !job.visit && job.of === s.run.id, place = {iteration: job.at, cursor: 0};
  s.job = {...job, tag: "paused", ...(isWith ? {place, isTaken: true} : {})};
  written(s);
  if (isWith) run({kind: "visit", ...place});
  ask(s, job.of, job.at, {goal: null}, page, run);
}

/**
 * @param {State} s
 * @param {Job} job
 * @param {Page} page
 * @param {Do} run
 */
function resume(s, job, page, run) {
  s.job = {...job, tag: "running", place: page.place};
  written(s);
  next(s, page, run);
}

/** @param {State} s */
function stop(s) {
  s.job = {tag: "idle"};
  s.asked = null;
  s.drawn = "";
  written(s);
}

/**
 * @param {State} s
 * @param {Page} page
 * @param {Do} run
 */
function cancel(s, page, run) {
  if (s.job.tag === "idle") return;
  const {of, before, origin, place, isTaken} = s.job;
  learn(s, of, before);
  stop(s);
  if (isTaken && isAt(page, place)) run({kind: "visit", ...origin}); else follow(s, page, run);
}

/**
 * The curve reaches up to the last loss that the reader has seen; what is missing of it is computed.
 * @param {State} s
 * @param {Page} page
 * @param {Do} run
 */
function follow(s, page, run) {
  const {run: mine, other, job} = s, {iteration, isShown, knowsLoss, isOpen, theme, scale} = page;
  if (!isShown || (job.tag !== "idle" && job.tag !== "paused") || !isOpen) return;
  const goal = knowsLoss ? iteration : iteration - 1;
  if (goal > end(mine) && job.tag === "idle") {
    begin(s, {of: mine, goal, since: end(mine), at: end(mine), isQuiet: true}, page, run);
    return;
  }
  const theirs = other && [other.texts, end(other), other.iteration];
  const what = JSON.stringify([mine.key, end(mine), iteration, theme, scale, theirs]);
  if (what === s.drawn) return;
  s.drawn = what;
  askChart(s, page, run);
}

/**
 * What is written beside the buttons where training is begun, paused or over.
 * @param {State} s
 */
function written(s) {
  s.words = isSeen(s) ? "" : s.run.said.text;
  if (!isSeen(s)) s.progress = 0;
}

/* ---- what the page is answered ---- */

/**
 * The page is about to show an iteration, of this run or of another one.
 * @param {State} s
 * @param {Answer} answer
 */
function meet(s, {mark, opened: isOpened, run: key}) {
  if (!mark) return;
  if (isOpened || (s.run.key && key !== s.run.key)) {
    const isOfOther = s.job.tag !== "idle" && s.other && s.job.of === s.other.id;
    s.run = nothing(counted(s));
    if (!isOfOther) stop(s);
  }
  s.run = {...s.run, key, marks: together(s.run, [mark])};
}

/**
 * The page shows another iteration, or what a link or a file brought.
 * @param {State} s
 * @param {Extract<Event, {kind: "arrived"}>} event
 * @param {Do} run
 */
function arrived(s, {answer, asked, page}, run) {
  const {mark, opened: isOpened, beyond, iteration} = answer;
  if (!mark) return;
  if (isOpened) restore(s, answer, {...asked, iteration: beyond || iteration}, page, run);
  else if (beyond) begin(s, {of: s.run, goal: beyond, since: 1, at: iteration, visit: asked}, page, run);
  else follow(s, page, run);
}

/**
 * @param {State} s
 * @param {Answer} answer
 * @param {Place} visit
 * @param {Page} page
 * @param {Do} run
 */
function restore(s, {other, trained, beyond}, visit, page, run) {
  stop(s);
  s.other = other && opened(counted(s), other);
  const sequel = {goal: Math.max(trained, beyond), visit};
  if (sequel.goal < 2 && !s.other) {
    follow(s, page, run);
    return;
  }
  run({kind: "unfold"});
  const unfolded = {...page, isOpen: true}, goal = other ? Math.max(other.trained, other.iteration) : 0;
  if (s.other && goal > 1) begin(s, {of: s.other, goal, since: 1, at: 1, sequel}, unfolded, run);
  else goThere(s, sequel, unfolded, run);
}

/**
 * @param {State} s
 * @param {Sequel} sequel
 * @param {Page} page
 * @param {Do} run
 */
function goThere(s, {goal, visit}, page, run) {
  if (s.other) run({kind: "ask page"});
  if (goal > 1) begin(s, {of: s.run, goal, since: 1, at: 1, visit}, page, run); else follow(s, page, run);
}

/* ---- comparing ---- */

/**
 * @param {State} s
 * @param {Page} page
 * @param {string} query
 * @returns {Other}
 */
const here = (s, {place, texts}, query) => ({...s.run, id: counted(s), ...place, texts, query});

/**
 * @param {State} s
 * @param {Extract<Event, {kind: "swap"}>} event
 * @param {Do} run
 */
function swap(s, {page, query}, run) {
  if (!s.other) return;
  stop(s);
  const there = s.other;
  s.other = here(s, page, query);
  s.run = {...known(there), key: there.key, id: counted(s)};
  run({kind: "open", other: there});
}

/**
 * @param {State} s
 * @param {Do} run
 */
function compared(s, run) {
  s.drawn = "";
  written(s);
  run({kind: "ask page"});
}

/* ---- the line ---- */

/**
 * A slice that is not answered leaves training paused where it was, until it goes on ``isLater`` by itself.
 * @param {State} s
 * @param {boolean} isLater
 */
function failed(s, isLater) {
  s.jump = isLater ? s.jump ?? s.asked?.jump ?? null : null;
  s.asked = null;
  s.drawn = "";
  s.unanswered = isLater ? {goesOn: s.job.tag === "running" ? s.job.id : -1} : null;
  if (s.job.tag !== "idle" && s.job.isQuiet) stop(s);
  else if (s.job.tag !== "idle") s.job = {...s.job, tag: "paused"};
  written(s);
}

/**
 * @param {State} s
 * @param {Page} page
 * @param {Do} run
 */
function again(s, page, run) {
  if (!s.unanswered) return;
  const {goesOn} = s.unanswered, {job} = s;
  s.unanswered = null;
  if (job.tag === "idle" || job.id !== goesOn) follow(s, page, run);
  else if (job.tag === "paused") resume(s, job, page, run);
  askJump(s, page, run);
}
