/* The queue: what is asked of the server, one by one, and what becomes of it where no answer comes.
 *
 * The functions change a copy of the state of the player; what that holds is replaced, never changed.
 */

import {target} from "./moves.mjs";

/** @import {Move} from "./moves.mjs" */
/** @import {Entry, Event, Hand, More, Run, State} from "./player.mjs" */

/**
 * @param {State} s
 * @param {Hand} hand
 * @param {More} more
 * @returns {Entry}
 */
function entry(s, hand, more) {
  s.isTyping = false;
  return {...hand.typed, more, moves: []};
}

/**
 * @param {State} s
 * @param {Entry} one
 * @param {Run} run
 */
function send(s, one, run) {
  const iteration = one.more.iteration ?? String(s.goal?.iteration ?? 1);
  const step = one.more.step ?? String(s.goal?.cursor ?? 0);
  const place = {iteration: Number(iteration) || 1, cursor: Number(step) || 0};
  s.serial += 1;
  s.asked = {serial: s.serial, place, isTravel: Boolean(one.more.isTravel), entry: one};
  run({kind: "send", serial: s.serial, entry: one, iteration, step, from: s.goal?.iteration ?? 1});
}

/**
 * Texts of the field that was last in use stand for those before them; a button that is pressed again while the
 * server is away counts once.
 * @param {State} s
 * @param {Hand} hand
 * @param {More | undefined} more
 * @param {Run} run
 */
export function ask(s, hand, more = {}, run) {
  const one = entry(s, hand, more), last = s.queue.at(-1);
  if (last && (isPlain(one) ? isStill(last, one) : isAgain(last.more, more, hand))) {
    s.queue = [...s.queue.slice(0, -1), {...one, moves: last.moves}];
  } else {
    s.queue = [...s.queue, one];
  }
  if (!s.asked) next(s, run);
}

/**
 * @param {State} s
 * @param {Run} run
 */
export function next(s, run) {
  const [first, ...others] = s.queue;
  s.goal = s.missed ?? s.goal;
  s.missed = null;
  s.queue = others;
  send(s, first, run);
  if (s.asked) s.goal = s.asked.place;
  for (const move of first.moves) follow(s, move);
}

/** @param {Entry} one */
const isPlain = (one) => !Object.keys(one.more).length;

/**
 * @param {Entry} last
 * @param {Entry} one
 */
const isStill = (last, one) => isPlain(last) && last.latest === one.latest && !last.moves.length;

/**
 * @param {More} before
 * @param {More} now
 * @param {Hand} hand
 */
const isAgain = (before, now, {isDown}) => isDown && Boolean(now.action) && before.action === now.action;

/**
 * @param {Entry} one
 * @param {Hand} hand
 */
export const isEdit = (one, {touched}) => !isPlain(one) || Object.keys(one.texts).some((id) => touched.includes(id));

/**
 * What was under way is of the place that the browser leaves.
 * @param {State} s
 * @param {Extract<Event, {kind: "travel"}>} event
 * @param {Run} run
 */
export function travel(s, {hand, more, own}, run) {
  const nothing = {
    queue: [], waiting: [], missed: null, denied: "", chosen: "", isChecked: false, isPlaying: false, ways: [],
  };
  Object.assign(s, nothing, own === undefined ? {} : {own});
  send(s, entry(s, hand, {...more, isTravel: true}), run);
}

/**
 * What was not answered is asked again later, at the place where the reader wanted to be, unless they go elsewhere.
 * @param {State} s
 * @param {Extract<Event, {kind: "unanswered"}>} event
 * @param {Run} run
 */
export function unanswered(s, {serial, isSlice, hand}, run) {
  if (isSlice) run({kind: "training failed", isLater: true});
  if (isSlice && !s.asked && !s.queue.length) s.queue = [entry(s, hand, {})];
  if (isSlice || !s.asked || serial !== s.asked.serial) return;
  s.queue = [s.asked.entry, ...s.queue];
  s.missed = s.asked.place;
  giveUp(s);
}

/**
 * @param {State} s
 * @param {Extract<Event, {kind: "refused"}>} event
 * @param {Run} run
 */
export function refused(s, {serial, isSlice}, run) {
  if (isSlice) run({kind: "training failed", isLater: false});
  if (isSlice || !s.asked || serial !== s.asked.serial) return;
  s.queue = [];
  run({kind: "forget drag"});
  giveUp(s);
}

/** @param {State} s */
function giveUp(s) {
  Object.assign(s, {asked: null, waiting: [], denied: "", isPlaying: false});
  if (s.painted !== null && s.readings) s.goal = {iteration: s.readings.iteration, cursor: s.painted};
}

/**
 * What is pressed while the server is asked is done again from where the answer leaves the reader.
 * @param {State} s
 * @param {Move} move
 */
export function follow(s, move) {
  if (!s.readings || !s.goal) return;
  const place = target(s.readings, s.goal, move);
  s.denied = place ? "" : move.name;
  if (place) s.goal = {iteration: place.iteration, cursor: Math.min(place.cursor, s.readings.steps)};
}
