/* The player as data: what is shown, where the reader wants to be, what is asked; and what an event makes of it.
 *
 * goal      where the reader wants to be; while the server is asked, as far as can be foreseen
 * readings  the newest answer of the server: a view for each cursor that it has released
 * painted   the cursor that is shown, and ``off`` the buttons that are off there
 * asked     the request that is under way
 * queue     what is to be asked next, in the order in which people did it
 * missed    the place that no answer came for, which is gone for as soon as the server answers again
 * denied    the button of the last press, where that press came to nothing only once the answer was there
 * own       the texts of the newest network that is no example
 * waiting   what is to be done as soon as nothing is asked and nothing typed
 * ways      where the reader went last, and before that
 * aheadOf   the serial number of the answer for which what may be pressed next was asked ahead
 * A step within those passes is painted at once; any other place is asked for, and painted when the answer comes.
 */

import {rest} from "./ahead.mjs";
import {isHere, isOver, viewAt, wayOf} from "./moves.mjs";
import {ask, follow, isEdit, next, refused, travel, unanswered} from "./queue.mjs";

/** @import {Answer, PageRequest, Place, CursorView} from "protocol" */
/** @import {Move} from "./moves.mjs" */

/**
 * Texts of fields by a hand, until when they were touched, and which was touched last.
 * @typedef {{texts: {[id: string]: string}, until: number, latest: string}} Typed
 *
 * What is different in a request; one that ``isTravel`` goes to another entry of the browser's history.
 * @typedef {Partial<PageRequest> & {isTravel?: boolean}} More
 *
 * What is asked goes one by one, each for what the answer before it left: an entry has the texts that were there
 * when it was asked for, ``more``, what else is different in its request, and the moves that people made after it,
 * which start where its answer leaves the reader.
 * @typedef {Typed & {more: More, moves: Move[]}} Entry
 *
 * What the page is like at an event: what is typed, which fields are touched, and whether the server is away.
 * @typedef {{typed: Typed, touched: string[], isDown: boolean}} Hand
 *
 * @typedef {{serial: number, place: Place, isTravel: boolean, entry: Entry}} Asked
 * @typedef {{[name: string]: string}} Texts
 * @typedef {{kind: string, [part: string]: any}} Action
 *
 * @typedef {object} State
 * @property {Answer | null} readings
 * @property {Place | null} goal
 * @property {number | null} painted
 * @property {CursorView["refusals"]} off
 * @property {number} serial
 * @property {Asked | null} asked
 * @property {Entry[]} queue
 * @property {Place | null} missed
 * @property {string} denied
 * @property {string} chosen
 * @property {boolean} isChecked
 * @property {Texts | null} own
 * @property {Action[]} waiting
 * @property {boolean} isTyping
 * @property {boolean} isPlaying
 * @property {Move["to"][]} ways
 * @property {number} aheadOf
 *
 * @typedef {{kind: "travel", hand: Hand, more: More, own?: Texts | null}
 *   | {kind: "ask", hand: Hand, more?: More}
 *   | {kind: "edit", hand: Hand, more?: More, isOther?: boolean}
 *   | {kind: "check", hand: Hand}
 *   | {kind: "choose", hand: Hand, at: string}
 *   | {kind: "open", hand: Hand, texts: Texts, iteration: number, cursor: number}
 *   | {kind: "press", hand: Hand, name: string}
 *   | {kind: "move", hand: Hand, move: Move}
 *   | {kind: "tick", hand: Hand}
 *   | {kind: "type"}
 *   | {kind: "pause"}
 *   | {kind: "when settled", hand: Hand, action: Action}
 *   | {kind: "answer", answer: Answer, isAhead: boolean, file: Texts | null}
 *   | {kind: "laid out", hand: Hand}
 *   | {kind: "drawn", hand: Hand, isOutdated: boolean}
 *   | {kind: "told"}
 *   | {kind: "settled"}
 *   | {kind: "rest", hand: Hand}
 *   | {kind: "look", hand: Hand}
 *   | {kind: "unanswered", hand: Hand, serial: number, isSlice: boolean}
 *   | {kind: "refused", serial: number, isSlice: boolean}
 *   | {kind: "again"}} Event
 *
 * @typedef {{kind: "send", serial: number, entry: Entry, iteration: string, step: string, from: number}
 *   | {kind: "ask ahead", serial: number, entry: Entry, iteration: string, step: string, from: number}
 *   | {kind: "paint", cursor: number, animate: boolean}
 *   | {kind: "nudge", name: string}
 *   | {kind: "new entry"}
 *   | {kind: "taken", answer: Answer, entry: Entry}
 *   | {kind: "meet", answer: Answer}
 *   | {kind: "training failed", isLater: boolean}
 *   | {kind: "training again"}
 *   | {kind: "forget drag"}
 *   | {kind: "await typing"}
 *   | {kind: "show step card"}
 *   | {kind: "ready", serial: number}
 *   | {kind: "do", action: Action}} Effect
 *
 * @typedef {(effect: Effect) => void} Run
 */

const OWN = "own";

/** @type {Readonly<State>} */
export const BEGUN = {
  readings: null, goal: null, painted: null, off: {}, serial: 0, asked: null, queue: [], missed: null, denied: "",
  chosen: "", isChecked: false, own: null, waiting: [], isTyping: false, isPlaying: false,
  ways: [], aheadOf: 0,
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
 * Whether the address is that of what is shown.
 * @param {Readonly<State>} state
 */
export const isInAddress = ({painted, asked, queue}) =>
  painted !== null && !asked?.isTravel && !queue[0]?.more.isTravel;

/**
 * Changes a copy of a state; what it holds is replaced, never changed.
 * @param {State} s
 * @param {Event} event
 * @param {Run} run
 */
function change(s, event, run) {
  switch (event.kind) {
    case "travel": return travel(s, event, run);
    case "ask": return ask(s, event.hand, event.more, run);
    case "edit":
      s.isPlaying = false;
      if (event.isOther) s.chosen = "";
      return ask(s, event.hand, event.more, run);
    case "check":
      s.isChecked = true;
      return ask(s, event.hand, {}, run);
    case "choose": return choose(s, event.at, event.hand, run);
    case "open": return openRun(s, event, run);
    case "press": return press(s, event.name, event.hand, run);
    case "move":
      s.isPlaying = false;
      return go(s, event.move, event.hand, run);
    case "tick": return tick(s, event.hand, run);
    case "pause":
      s.isPlaying = false;
      return;
    case "type":
      s.isPlaying = false;
      s.isTyping = true;
      return run({kind: "await typing"});
    case "when settled": return whenSettled(s, event.action, event.hand, run);
    case "answer": return answered(s, event, run);
    case "laid out":
      if (!s.asked && s.queue.length) next(s, run);
      else if (!s.asked && !isShownHere(s)) ask(s, event.hand, {}, run);
      return;
    case "drawn": return drawn(s, event, run);
    case "told":
      if (!s.asked && s.readings) run({kind: "ready", serial: s.readings.serial});
      return;
    case "settled": return settled(s, run);
    case "rest": return rest(s, event.hand, run);
    case "look":
      if (s.readings && !s.asked && !s.queue.length) ask(s, event.hand, {}, run);
      return;
    case "unanswered": return unanswered(s, event, run);
    case "refused": return refused(s, event, run);
    case "again":
      if (!s.asked && s.queue.length) next(s, run); else run({kind: "training again"});
  }
}

/* ---- what the server answers ---- */

/**
 * @param {State} s
 * @param {Extract<Event, {kind: "answer"}>} event
 * @param {Run} run
 */
function answered(s, {answer, isAhead, file}, run) {
  const asks = s.asked;
  if (!asks) return;
  s.asked = s.missed = null;
  if (answer.replaces && !asks.isTravel) run({kind: "new entry"});
  if (answer.settings.preset === OWN) s.own = answer.kept;
  else if (s.readings?.settings.preset === OWN && s.painted !== null) s.own = file;
  s.readings = answer;
  s.goal = isAhead ? asks.place : {iteration: answer.iteration, cursor: answer.cursor};
  for (const move of asks.entry.moves) follow(s, move);
  run({kind: "taken", answer, entry: asks.entry});
  run({kind: "meet", answer});
}

/**
 * @param {State} s
 * @param {Extract<Event, {kind: "drawn"}>} event
 * @param {Run} run
 */
function drawn(s, {hand, isOutdated}, run) {
  if (!s.readings || !s.goal) return;
  if (!s.asked && isOutdated) ask(s, hand, {}, run);
  const cursor = isHere(s.goal, s.readings) ? s.goal.cursor : s.readings.cursor;
  s.painted = null;
  paint(s, cursor, cursor !== s.readings.cursor, run);
  if (!s.asked && s.denied && isOff(s, s.denied)) run({kind: "nudge", name: s.denied});
  if (!s.asked) s.denied = "";
}

/**
 * @param {State} s
 * @param {number} cursor
 * @param {boolean} animate
 * @param {Run} run
 */
function paint(s, cursor, animate, run) {
  if (cursor === s.painted || !s.readings) return;
  s.painted = cursor;
  s.off = viewAt(s.readings, cursor).refusals;
  run({kind: "paint", cursor, animate});
}

/**
 * @param {State} s
 * @param {Run} run
 */
function settled(s, run) {
  if (s.asked || s.isTyping) return;
  for (const action of s.waiting) run({kind: "do", action});
  s.waiting = [];
}

/**
 * What was typed just before counts first.
 * @param {State} s
 * @param {Action} action
 * @param {Hand} hand
 * @param {Run} run
 */
function whenSettled(s, action, hand, run) {
  if (!s.asked && !s.isTyping) run({kind: "do", action}); else s.waiting = [...s.waiting, action];
  if (s.isTyping && !s.asked) ask(s, hand, {}, run);
}

/* ---- moving the cursor ---- */

/** @param {State} s */
const isShownHere = (s) => s.goal !== null && s.readings !== null && isHere(s.goal, s.readings);

/**
 * @param {State} s
 * @param {string} name
 */
const isOff = (s, name) => Boolean(/** @type {Texts} */ (s.off)[name]);

/**
 * @param {State} s
 * @param {Move} move
 * @param {Hand} hand
 * @param {Run} run
 */
function go(s, move, hand, run) {
  s.ways = [move.to, ...s.ways.slice(0, 1)];
  if (s.isTyping) ask(s, hand, {}, run);
  if (s.asked) remember(s, s.asked, move);
  const before = s.goal;
  follow(s, move);
  if (s.asked || s.goal === before) return;
  const last = s.queue.at(-1);
  if (last && isEdit(last, hand) && !isShownHere(s)) {
    s.queue = [...s.queue.slice(0, -1), {...last, moves: [move]}];
    s.goal = before;
    next(s, run);
    return;
  }
  s.missed = null;
  s.queue = s.queue.map((one) => ({...one, moves: []}));
  if (s.goal && isShownHere(s)) paint(s, s.goal.cursor, true, run); else ask(s, hand, {}, run);
}

/**
 * @param {State} s
 * @param {Asked} asked
 * @param {Move} move
 */
function remember(s, asked, move) {
  const last = s.queue.at(-1);
  if (last) s.queue = [...s.queue.slice(0, -1), {...last, moves: [...last.moves, move]}];
  else s.asked = {...asked, entry: {...asked.entry, moves: [...asked.entry.moves, move]}};
}

/**
 * @param {State} s
 * @param {string} name
 * @param {Hand} hand
 * @param {Run} run
 */
function press(s, name, hand, run) {
  const way = wayOf(name);
  if (!s.readings) return;
  if (name !== "play") s.isPlaying = false;
  if (isOff(s, name) && !s.asked && !s.isTyping && !s.isPlaying) {
    run({kind: "nudge", name});
  } else if (way) {
    go(s, {to: way, name}, hand, run);
  } else if (s.isPlaying) {
    s.isPlaying = false;
  } else {
    go(s, {to: "step", name: ""}, hand, run);
    s.isPlaying = true;
  }
}

/**
 * @param {State} s
 * @param {Hand} hand
 * @param {Run} run
 */
function tick(s, hand, run) {
  const isAtEnd = () => !s.readings || !s.goal || isOver(s.readings, s.goal);
  if (s.asked) return;
  if (!isAtEnd()) go(s, {to: "step", name: ""}, hand, run);
  if (isAtEnd() && !s.asked) s.isPlaying = false;
}

/**
 * The details of a place are shown until it is closed or another one is chosen.
 * @param {State} s
 * @param {string} at
 * @param {Hand} hand
 * @param {Run} run
 */
function choose(s, at, hand, run) {
  if (s.readings && at in s.readings.goals) {
    s.isPlaying = false;
    go(s, {to: "row", at, name: ""}, hand, run);
    run({kind: "show step card"});
    return;
  }
  s.chosen = at === s.chosen ? "" : at;
  s.isChecked = false;
  ask(s, hand, {}, run);
}

/**
 * @param {State} s
 * @param {Extract<Event, {kind: "open"}>} event
 * @param {Run} run
 */
function openRun(s, {hand, texts, iteration, cursor}, run) {
  Object.assign(s, {isPlaying: false, goal: {iteration, cursor}, chosen: ""});
  ask(s, hand, {kept: texts, typed: {}, iteration: String(iteration), step: String(cursor)}, run);
}
