/* A job of training: which slice is asked for next, what a slice leaves, and how the job is paused and ends.
 *
 * The functions change a copy of the state of training; what that holds is replaced, never changed.
 */

import {listed, unlisted} from "./listing.mjs";
import {end, known, nearest, together, told} from "./runs.mjs";

/** @import {Measure, Place, TrainingRequest, TrainingSlice} from "protocol" */
/** @import {Known, Run} from "./runs.mjs" */
/** @import {Do, Event, Job, Page, Sequel, State} from "./training.mjs" */

const MOMENT = 50; // milliseconds
/** @type {Measure} */
const LOSS = "loss";

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
export function counted(s) {
  s.count += 1;
  return s.count;
}

/**
 * Whether the reader is at a place.
 * @param {Page} page
 * @param {Place} place
 */
const isAt = (page, {iteration, cursor}) => page.place.iteration === iteration && page.place.cursor === cursor;

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
    checkpoint: nearest(of, from),
    since: 1,
    count: "",
    measure: LOSS,
    below: "",
    lists: false,
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
export function askJump(s, page, run) {
  if (s.jump && !s.asked) askChart(s, page, run);
}

/**
 * @param {State} s
 * @param {{of: Run, at: number, goal: number, since: number} & Partial<Omit<Job, "of">>} what
 * @param {Page} page
 * @param {Do} run
 */
export function begin(s, what, page, run) {
  const usual = {count: "", measure: LOSS, below: "", visit: null, sequel: null, isQuiet: false, isTaken: false,
    lists: false};
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
  s.turn = 0;
  if (s.job.tag === "idle" || s.job.tag === "paused") return;
  const {of, at, since, goal, count, measure, below, lists} = s.job;
  ask(s, of, at, {since, goal, count, measure, below, lists}, page, run);
}

/**
 * The next slice is asked for when its turn has come, unless something else is under way just then.
 * @param {State} s
 * @param {Extract<Event, {kind: "next"}>} event
 * @param {Do} run
 */
export function turn(s, {page, turn: of}, run) {
  if (of !== s.turn) return;
  if (s.asked) run({kind: "wait", wait: MOMENT, turn: of}); else next(s, page, run);
}

/**
 * Training goes on from the iteration that is shown; what the curve has already is only searched for where it is to stop.
 * @param {State} s
 * @param {Extract<Event, {kind: "train"}>} event
 * @param {Do} run
 */
export function train(s, {page, count, measure, below}, run) {
  if (s.job.tag !== "idle" && s.job.isQuiet) stop(s);
  if (s.job.tag !== "idle") return;
  const since = page.iteration, at = below.trim() ? since : Math.max(since, end(s.run));
  begin(s, {of: s.run, goal: 0, since, at, count, measure, below}, page, run);
}

/**
 * @param {State} s
 * @param {TrainingSlice} slice
 * @param {Page} page
 * @param {Do} run
 */
export function received(s, slice, page, run) {
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
  s.listing = listed(s.listing, s.run, slice);
  if (!isChart) goOn(s, slice, page, run);
  askJump(s, page, run);
  if (isChart) list(s, page, run);
}

/**
 * Where the list of the losses is open, it reaches as far as the curve, which is drawn first.
 * @param {State} s
 * @param {Page} page
 * @param {Do} run
 */
function list(s, page, run) {
  const way = page.isListed && !s.asked && s.job.tag === "idle" && unlisted(s.listing, s.run);
  if (way) begin(s, {of: s.run, ...way, isQuiet: true, lists: true}, page, run);
}

/**
 * What a slice left counts for its run.
 * @param {State} s
 * @param {number} of
 * @param {TrainingSlice} slice
 * @param {boolean} isChart
 */
function taken(s, of, slice, isChart) {
  const {curve, overall, tested, words} = slice;
  learn(s, of, {curve, overall, tested});
  const one = named(s, of);
  if (!one) return;
  if (s.job.tag !== "idle") learn(s, of, {checkpoints: together(one, slice.checkpoints)});
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
  s.job = {...s.job, goal, at, since: s.job.lists ? at : s.job.since};
  s.progress = progress;
  if (ending !== "goes-on") finish(s, s.job, ending === "reached" ? goal : at, page, run);
  else if (s.job.tag === "pausing") pause(s, s.job, page, run);
  else if (wait) run({kind: "wait", wait, turn: s.turn = counted(s)});
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
export function pause(s, job, page, run) {
  s.turn = 0;
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
export function resume(s, job, page, run) {
  s.job = {...job, tag: "running", place: page.place};
  written(s);
  next(s, page, run);
}

/** @param {State} s */
export function stop(s) {
  s.turn = 0;
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
export function cancel(s, page, run) {
  if (s.job.tag === "idle") return;
  const {of, before, origin, place, isTaken} = s.job;
  learn(s, of, before);
  stop(s);
  if (isTaken && isAt(page, place)) run({kind: "visit", ...origin}); else follow(s, page, run);
}

/**
 * The curve reaches up to the last loss that the reader has seen; what is missing of it is computed. The list of the
 * losses waits for the curve.
 * @param {State} s
 * @param {Page} page
 * @param {Do} run
 */
export function follow(s, page, run) {
  const {run: mine, other} = s, {iteration, isShown, knowsLoss, isOpen, theme, scale} = page;
  if (!isShown || !isOpen) return;
  const theirs = other && [other.texts, end(other), other.iteration];
  const what = JSON.stringify([mine.key, end(mine), iteration, theme, scale, theirs]);
  if (s.job.tag !== "idle" && s.job.lists && what !== s.drawn) stop(s);
  if (s.job.tag !== "idle" && s.job.tag !== "paused") return;
  const goal = knowsLoss ? iteration : iteration - 1;
  if (goal > end(mine) && s.job.tag === "idle") {
    begin(s, {of: mine, goal, since: end(mine), at: end(mine), isQuiet: true}, page, run);
    return;
  }
  if (what === s.drawn) {
    list(s, page, run);
    return;
  }
  s.drawn = what;
  askChart(s, page, run);
}

/**
 * Whether people see that training is under way.
 * @param {Readonly<State>} state
 */
export const isSeen = ({job}) => job.tag !== "idle" && !job.isQuiet;

/**
 * What is written beside the buttons where training is begun, paused or over.
 * @param {State} s
 */
export function written(s) {
  s.words = isSeen(s) ? "" : s.run.said.text;
  if (!isSeen(s)) s.progress = 0;
}

/**
 * @param {State} s
 * @param {Sequel} sequel
 * @param {Page} page
 * @param {Do} run
 */
export function goThere(s, {goal, visit}, page, run) {
  if (s.other) run({kind: "ask page"});
  if (goal > 1) begin(s, {of: s.run, goal, since: 1, at: 1, visit}, page, run); else follow(s, page, run);
}

/**
 * A slice that is not answered leaves training paused where it was, until it goes on ``isLater`` by itself.
 * @param {State} s
 * @param {boolean} isLater
 */
export function failed(s, isLater) {
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
export function again(s, page, run) {
  if (!s.unanswered) return;
  const {goesOn} = s.unanswered, {job} = s;
  s.unanswered = null;
  if (job.tag === "idle" || job.id !== goesOn) follow(s, page, run);
  else if (job.tag === "paused") resume(s, job, page, run);
  askJump(s, page, run);
}
