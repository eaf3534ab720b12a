/* A line of requests of one kind: which of them are under way, and which one it is whose end is told. */

/**
 * Requests that are under way, in order, and ends in failure of which it is not known yet whose they are.
 * @template {{serial: number}} T
 * @typedef {{sent: T[], failures: unknown[]}} Line
 */

/** @type {Line<any>} */
export const QUIET = {sent: [], failures: []};

/**
 * What the end of a request leaves: that of a serial number was answered, or one came to a failure. Whose failure it
 * is, is known once there are as many of them as requests under way.
 * @template {{serial: number}} T
 * @param {Line<T>} line
 * @param {number | null} serial
 * @param {unknown} failure
 * @returns {{line: Line<T>, answered: T | null, failed: {of: T, failure: unknown}[]}}
 */
export function ended({sent, failures}, serial, failure) {
  const answered = (failure === undefined && sent.find((one) => one.serial === serial)) || null;
  const left = sent.filter((one) => one !== answered);
  const known = failure === undefined ? failures : [...failures, failure];
  if (known.length < left.length) return {line: {sent: left, failures: known}, answered, failed: []};
  return {line: QUIET, answered, failed: left.map((of, at) => ({of, failure: known[at]}))};
}
