/* Practising as data: the way, the task as its numbers name it, and the log of what the student did at it. */

/** @import {Practice, PracticeEvent, PracticeRequest} from "protocol" */

/**
 * ``since`` is when the task was begun, in milliseconds.
 * @typedef {{way: string, task: string, log: PracticeEvent[], since: number}} State
 *
 * What a student did, but for when.
 * @typedef {Omit<PracticeEvent, "at">} Done
 */

/** @type {Readonly<State>} */
export const BEGUN = {way: "", task: "", log: [], since: 0};

/**
 * A task in a way, whose numbers are not known yet.
 * @param {string} way
 * @param {number} now
 * @returns {State}
 */
export const begun = (way, now) => ({...BEGUN, way, since: now});

/**
 * What the history holds of a task goes on, where it is in the way that the address says.
 * @param {string} way
 * @param {State | undefined} kept
 * @param {number} now
 * @returns {State}
 */
export const resumed = (way, kept, now) => (kept && kept.way === way && way ? kept : begun(way, now));

/**
 * The log is of the task that the server names; that of other numbers begins anew.
 * @param {Readonly<State>} state
 * @param {Pick<Practice, "way" | "task"> | null} practice
 * @param {number} now
 * @returns {State}
 */
export function met(state, practice, now) {
  if (!practice) return BEGUN;
  const {way, task} = practice;
  return task === state.task ? {...state, way} : {...begun(way, now), task};
}

/**
 * @param {Readonly<State>} state
 * @param {Done} done
 * @param {number} now
 * @returns {State}
 */
export const did = (state, done, now) =>
  ({...state, log: [...state.log, {...done, at: Math.max(0, Math.round((now - state.since) / 1000))}]});

/**
 * @param {Readonly<State>} state
 * @param {string} record
 * @returns {PracticeRequest | null}
 */
export const asked = ({way, task, log}, record) => (way ? {way, task, log, record} : null);
