/* Moves: to where in the run a press leads from where the reader is. */

/** @import {Answer, Place, CursorView} from "protocol" */

/**
 * A move is named by the button or the key that it is of; others say to where they go: to a cursor of the iteration,
 * to a place of the run, or where a row of the table leads. ``name`` is that of a button that may be off.
 * @typedef {"forward" | "backward" | "step" | "previous" | "home" | "end" | "next" | "restart"} Way
 * @typedef {{to: Way, name: string}} Step
 * @typedef {Step | {to: "cursor", cursor: number, name: ""} | {to: "row", at: string, name: ""}
 *   | ({to: "place", name: ""} & Place)} Move
 */

/** @type {Readonly<{[key: string]: Way}>} */
const WAYS = {
  forward: "forward", backward: "backward", step: "step", previous: "previous", home: "home", end: "end", next: "next",
  restart: "restart",
};

/**
 * The way of a button or a key, if it is one.
 * @param {string} name
 */
export const wayOf = (name) => (Object.hasOwn(WAYS, name) ? WAYS[name] : null);

/**
 * @param {Answer} readings
 * @param {number} cursor
 * @returns {CursorView}
 */
export const viewAt = (readings, cursor) => readings.views[cursor - readings.first];

/**
 * Whether an answer has a view for a cursor.
 * @param {Answer} readings
 * @param {number} cursor
 */
export const holds = (readings, cursor) => cursor >= readings.first && cursor <= readings.released;

/**
 * Whether an answer has what is to be shown at a place.
 * @param {Place} goal
 * @param {Answer} readings
 */
export const isHere = (goal, readings) => goal.iteration === readings.iteration && holds(readings, goal.cursor);

/** @param {Answer} readings */
const forwardEnd = (readings) => readings.phases[0].steps;

/** @param {Answer} readings */
const mayFollow = (readings) => !viewAt(readings, readings.released).refusals.next;

/**
 * Whether the loss of the iteration is known at a cursor.
 * @param {Answer} readings
 * @param {number} cursor
 */
export const knowsLoss = (readings, cursor) => cursor >= forwardEnd(readings);

/**
 * Whether Play has come to where it ends.
 * @param {Answer} readings
 * @param {Place} goal
 */
export const isOver = (readings, goal) =>
  goal.cursor >= (readings.practice ? readings.released : readings.steps) && !(readings.plays_on && mayFollow(readings));

/**
 * @param {Answer} readings
 * @param {Place} goal
 */
function forward(readings, {iteration, cursor}) {
  if (cursor < forwardEnd(readings)) return {iteration, cursor: cursor + 1};
  return cursor >= readings.steps && mayFollow(readings) ? {iteration: iteration + 1, cursor: 1} : null;
}

/**
 * @param {Answer} readings
 * @param {Place} goal
 */
function backward(readings, {iteration, cursor}) {
  return cursor >= forwardEnd(readings) && cursor < readings.steps ? {iteration, cursor: cursor + 1} : null;
}

/**
 * @param {Answer} readings
 * @param {Place} goal
 */
function previous(readings, {iteration, cursor}) {
  if (cursor > 0) return {iteration, cursor: cursor - 1};
  return iteration > 1 ? {iteration: iteration - 1, cursor: readings.steps} : null;
}

/**
 * Where a move leads from a place; null where it leads nowhere.
 * @param {Answer} readings
 * @param {Place} goal
 * @param {Move} move
 * @returns {Place | null}
 */
export function target(readings, goal, move) {
  const {iteration, cursor} = goal;
  switch (move.to) {
    case "forward": return forward(readings, goal);
    case "backward": return backward(readings, goal);
    case "step": return forward(readings, goal) ?? backward(readings, goal);
    case "previous": return previous(readings, goal);
    case "home": return {iteration, cursor: 0};
    case "end": return {iteration, cursor: readings.steps};
    case "next": return mayFollow(readings) ? {iteration: iteration + 1, cursor: 0} : null;
    case "restart": return iteration > 1 || cursor > 0 ? {iteration: 1, cursor: 0} : null;
    case "cursor": return {iteration, cursor: move.cursor};
    case "place": return {iteration: move.iteration, cursor: move.cursor};
    case "row": return readings.goals[move.at] ?? null;
  }
}
