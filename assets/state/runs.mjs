/* Runs: what is known of a run of training, and of another one beside it. */

/** @import {Beside, Curve, Checkpoint, OtherRun, Place, ToldRun} from "protocol" */

/**
 * What is known of a run: its name, places of it (checkpoints), its loss so far (curve; with batches also that of all
 * samples, overall; with a test that of its samples, tested), what it came to in words, and how far the curve reached
 * then. ``id`` tells it from others here.
 * @typedef {{at: number, text: string}} Said
 * @typedef {{checkpoints: Checkpoint[], curve: Curve, overall: Curve, tested: Curve, said: Said}} Known
 * @typedef {Known & {id: number, key: string}} Run
 *
 * A run to compare with: its texts, the query of its link, and where the reader was in it.
 * @typedef {Run & Place & {texts: {[name: string]: string}, query: string}} Other
 */

const MOST_ON_PATH = 120;

/** @returns {Curve} */
const noLosses = () => ({iterations: [], losses: []});

/**
 * @param {number} id
 * @returns {Run}
 */
export const nothing = (id) =>
  ({id, key: "", checkpoints: [], curve: noLosses(), overall: noLosses(), tested: noLosses(), said: {at: 0, text: ""}});

/**
 * @param {Run} run
 * @returns {Known}
 */
export const known = ({checkpoints, curve, overall, tested, said}) => ({checkpoints, curve, overall, tested, said});

/**
 * The run of a link or a file, of which nothing is known but where the reader was.
 * @param {number} id
 * @param {OtherRun} other
 * @returns {Other}
 */
export const opened = (id, {texts, query, iteration, cursor}) => ({...nothing(id), texts, query, iteration, cursor});

/**
 * The last iteration whose loss is known.
 * @param {Run} run
 */
export const end = ({curve}) => curve.iterations.at(-1) ?? 0;

/**
 * The place of a run that is nearest before an iteration.
 * @param {Run} run
 * @param {number} iteration
 */
export const nearest = ({checkpoints}, iteration) => checkpoints.findLast((checkpoint) => checkpoint.iteration <= iteration) ?? null;

/**
 * @param {Run} run
 * @param {Checkpoint[]} checkpoints
 * @returns {Checkpoint[]}
 */
export function together({checkpoints: before}, checkpoints) {
  const all = new Map([...before, ...checkpoints].map((checkpoint) => [checkpoint.iteration, checkpoint]));
  return [...all.values()].sort((a, b) => a.iteration - b.iteration);
}

/**
 * @param {Run} run
 * @param {number} iteration
 */
export function path({checkpoints}, iteration) {
  const walked = checkpoints.filter((checkpoint) => checkpoint.iteration <= iteration), every = Math.ceil(walked.length / MOST_ON_PATH);
  return walked.filter((_, number) => number % every === 0);
}

/**
 * @param {Other} other
 * @returns {Beside}
 */
export const beside = (other) =>
  ({texts: other.texts, iteration: other.iteration, step: other.cursor, checkpoint: nearest(other, other.iteration)});

/**
 * A run as the server is told of it, of which an iteration is shown.
 * @param {Run} run
 * @param {{[name: string]: string}} texts
 * @param {number} shown
 * @returns {ToldRun}
 */
export const told = ({curve, overall, tested}, texts, shown) => ({texts, curve, overall, tested, shown});
