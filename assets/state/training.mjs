/* Training as data: which slice is asked for, what the slices left; and what an event makes of it.
 *
 * run         what is known of the run that is shown, and ``other`` of one to compare with
 * job         the training that is under way, of one of them: where it is, its goal, and what was there before
 * asked       the request that is under way, and the run that it is of
 * drawn       what the chart was asked for
 * jump        the text of an iteration to go to, which is read with the next request
 * unanswered  that no answer came for the last request, and which job goes on as soon as the server answers again
 * turn        the wait for the next slice that is under way, or 0
 * count       of runs, jobs and waits, which are told apart by it
 * listing     the losses of each iteration, as far as they were asked for
 * problems, live, words, progress   what is written beside the fields and the buttons
 */

import {again, askJump, begin, cancel, counted, failed, follow, goThere, pause, received, resume, stop, train, turn,
  written} from "./job.mjs";
import {NOTHING} from "./listing.mjs";
import {beside, end, known, nearest, nothing, opened, path, together} from "./runs.mjs";

/** @import {Answer, Jump, Measure, PageRequest, Place, TrainingRequest, TrainingSlice} from "protocol" */
/** @import {Listing} from "./listing.mjs" */
/** @import {Known, Other, Run} from "./runs.mjs" */

/**
 * How far the run that is shown is trained after that beside it, and where the reader is taken then.
 * @typedef {{goal: number, visit: Place}} Sequel
 *
 * A job that is quiet only completes the curve, or ``lists`` the losses; one that visits goes to a place when it is
 * over.
 * @typedef {object} Job
 * @property {"running" | "pausing" | "paused"} tag
 * @property {number} id
 * @property {number} of
 * @property {number} at
 * @property {number} goal
 * @property {number} since
 * @property {string} count
 * @property {Measure} measure
 * @property {string} below
 * @property {Known} before
 * @property {Place} place
 * @property {Place} origin
 * @property {Place | null} visit
 * @property {Sequel | null} sequel
 * @property {boolean} isQuiet
 * @property {boolean} isTaken
 * @property {boolean} lists
 *
 * @typedef {{tag: "idle"}} Idle
 *
 * What the page is like at an event: the iteration that it shows and its texts, if it shows any; where the reader is,
 * and whether they have seen its loss; whether the chart and the list of the
 * losses are open; and how it is to be drawn.
 * @typedef {object} Page
 * @property {number} iteration
 * @property {{[name: string]: string}} texts
 * @property {Place} place
 * @property {boolean} isShown
 * @property {boolean} knowsLoss
 * @property {boolean} isOpen
 * @property {boolean} isListed
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
 * @property {Readonly<Listing>} listing
 * @property {string} live
 * @property {string} words
 * @property {number} progress
 * @property {number} turn
 *
 * @typedef {{kind: "meet", answer: Answer}
 *   | {kind: "arrived", page: Page, answer: Answer, asked: Place}
 *   | {kind: "slice", page: Page, slice: TrainingSlice}
 *   | {kind: "next", page: Page, turn: number}
 *   | {kind: "follow", page: Page}
 *   | {kind: "train", page: Page, count: string, measure: Measure, below: string}
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
 *   | {kind: "wait", wait: number, turn: number}
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
  count: 0, listing: NOTHING, problems: {}, live: "", words: "", progress: 0, turn: 0,
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
 * What the page needs to ask for an iteration: the place of the run that is nearest before it, and what it shows.
 * @param {Readonly<State>} state
 * @param {number} iteration
 * @param {PageRequest["views"]} views
 * @returns {Pick<PageRequest, "run" | "checkpoint" | "views" | "path" | "beside">}
 */
export function wanted({run, other, job}, iteration, views) {
  const isReady = other && !(job.tag !== "idle" && job.of === other.id);
  return {
    run: run.key,
    checkpoint: nearest(run, iteration),
    views,
    path: views.includes("loss_surface") ? path(run, iteration) : [],
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
    case "next": return turn(s, event, run);
    case "follow": return follow(s, event.page, run);
    case "train": return train(s, event, run);
    case "pause":
      if (s.job.tag === "paused") resume(s, s.job, event.page, run);
      else if (s.job.tag === "running" && s.turn) pause(s, s.job, event.page, run);
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

/* ---- what the page is answered ---- */

/**
 * The page is about to show an iteration, of this run or of another one.
 * @param {State} s
 * @param {Answer} answer
 */
function meet(s, {checkpoint, opened: isOpened, run: key}) {
  if (!checkpoint) return;
  if (isOpened || (s.run.key && key !== s.run.key)) {
    const isOfOther = s.job.tag !== "idle" && s.other && s.job.of === s.other.id;
    s.run = nothing(counted(s));
    if (!isOfOther) stop(s);
  }
  s.run = {...s.run, key, checkpoints: together(s.run, [checkpoint])};
}

/**
 * The page shows another iteration, or what a link or a file brought.
 * @param {State} s
 * @param {Extract<Event, {kind: "arrived"}>} event
 * @param {Do} run
 */
function arrived(s, {answer, asked, page}, run) {
  const {checkpoint, opened: isOpened, beyond, iteration} = answer;
  if (!checkpoint) return;
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
