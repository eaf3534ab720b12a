/* Practising as data: the way, the task as its numbers name it, and the log of what the student did at it. */

/** @import {Practice, PracticeEvent, PracticeRequest, PracticeTask} from "protocol" */

/**
 * ``since`` is when the task was begun, in milliseconds. Of an assignment it is the task of a ``number``, from 0; those
 * before it are ``done``, each with what was set then.
 * @typedef {{way: string, assignment: string, number: number, task: string, log: PracticeEvent[], since: number,
 *   done: PracticeTask[]}} State
 *
 * What a student did, but for when.
 * @typedef {Omit<PracticeEvent, "at">} Done
 */

/** @type {Readonly<State>} */
export const BEGUN = {way: "", assignment: "", number: 0, task: "", log: [], since: 0, done: []};

/**
 * A task in a way, or of an assignment, whose numbers are not known yet.
 * @param {string} way
 * @param {string} assignment
 * @param {number} now
 * @returns {State}
 */
export const begun = (way, assignment, now) => ({...BEGUN, way, assignment, since: now});

/**
 * What the history holds of a task goes on, where it is the one that the address says.
 * @param {{practice?: string, assignment?: string}} asks
 * @param {State | undefined} kept
 * @param {number} now
 * @returns {State}
 */
export function resumed({practice: way = "", assignment = ""}, kept, now) {
  if (!way && !assignment) return BEGUN;
  const isSame = assignment ? kept?.assignment === assignment : kept?.way === way && !kept.assignment;
  return kept && isSame ? kept : begun(way, assignment, now);
}

/**
 * The log is of the task that the server names; that of other numbers begins anew.
 * @param {Readonly<State>} state
 * @param {Pick<Practice, "way" | "assignment" | "number" | "task"> | null} practice
 * @param {number} now
 * @returns {State}
 */
export function met(state, practice, now) {
  if (!practice) return BEGUN;
  const {way, assignment, number, task} = practice;
  return task === state.task ? {...state, way} : {...state, way, assignment, number, task, log: [], since: now};
}

/**
 * All tasks of an assignment so far, the present one with what is set now.
 * @param {Readonly<State>} state
 * @param {PracticeTask["texts"]} texts
 * @returns {PracticeTask[]}
 */
export const tasks = ({done, log}, texts) => [...done, {texts, log}];

/**
 * @param {Readonly<State>} state
 * @param {PracticeTask["texts"]} texts
 * @param {number} now
 * @returns {State}
 */
export const next = (state, texts, now) =>
  ({...state, number: state.number + 1, task: "", log: [], since: now, done: tasks(state, texts)});

/**
 * @param {Readonly<State>} state
 * @param {Done} done
 * @param {number} now
 * @returns {State}
 */
export const did = (state, done, now) =>
  ({...state, log: [...state.log, {...done, at: Math.max(0, Math.round((now - state.since) / 1000))}]});

/** @param {Readonly<State>} state */
export const isBegun = ({way, assignment}) => Boolean(way || assignment);

/**
 * @param {Readonly<State>} state
 * @param {string} record
 * @returns {PracticeRequest | null}
 */
export function asked(state, record) {
  const {way, assignment, number, task, log} = state;
  return isBegun(state) ? {way, assignment, number, task, log, record} : null;
}

/**
 * What the address holds of it.
 * @param {Readonly<State>} state
 * @returns {{[name: string]: string}}
 */
export const inAddress = ({way, assignment}) => (assignment ? {assignment} : way ? {practice: way} : {});
