/* Ahead: what is asked for before the press that needs it, and which request its answer is an answer to.
 *
 * At most one thing is asked ahead for each answer that is shown, once the reader has pressed anything, and only while
 * nothing else is asked or typed.
 */

import {isHere, target} from "./moves.mjs";

/** @import {Answer, PageRequest, Place} from "protocol" */
/** @import {Move} from "./moves.mjs" */
/** @import {Hand, Run, State} from "./player.mjs" */

/**
 * Where the reader who goes on as lately leaves the views that an answer has; null where there is no such place.
 * @param {Answer} readings
 * @param {Move["to"][]} ways
 * @returns {Place | null}
 */
export function beyond(readings, [last, before]) {
  const {iteration, first, released, steps} = readings;
  if (last === "previous") return target(readings, {iteration, cursor: first}, {to: last, name: ""});
  if (last === "next" && before === last) return target(readings, {iteration, cursor: 0}, {to: last, name: ""});
  if (released < steps) return {iteration, cursor: released + 1};
  return target(readings, {iteration, cursor: steps}, {to: "forward", name: ""});
}

/**
 * The place to ask for ahead; null where there is none, or it is not the time.
 * @param {Readonly<State>} state
 * @returns {Place | null}
 */
export function wanted({readings, painted, asked, queue, isTyping, ways, aheadOf}) {
  if (readings?.practice) return null;
  const isIdle = painted !== null && !asked && !queue.length && !isTyping;
  return readings && isIdle && ways.length && aheadOf !== readings.serial ? beyond(readings, ways) : null;
}

/**
 * What the next press out of the views will need is asked for before it; changes a copy of a state.
 * @param {State} s
 * @param {Hand} hand
 * @param {Run} run
 */
export function rest(s, hand, run) {
  const place = wanted(s);
  if (!s.readings || !place || hand.isDown) return;
  const {serial, readings: {iteration: from}} = s, entry = {...hand.typed, more: {}, moves: []};
  s.aheadOf = s.readings.serial;
  run({kind: "ask ahead", serial, entry, iteration: String(place.iteration), step: String(place.cursor), from});
}

/**
 * Whether two requests differ in nothing but their numbers and their steps.
 * @param {PageRequest} one
 * @param {PageRequest} other
 */
export const areAlike = (one, other) => withoutStep(one) === withoutStep(other);

/** @param {PageRequest} request */
const withoutStep = (request) => JSON.stringify({...request, serial: 0, step: ""});

/**
 * Whether an answer to a request like this one has what is to be shown at its place.
 * @param {Answer} answer
 * @param {PageRequest} request
 */
export const isFor = (answer, {iteration, step}) =>
  isHere({iteration: Number(iteration), cursor: Number(step)}, answer);
