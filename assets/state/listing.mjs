/* The list of the losses of a run: how far it reaches, and what a slice adds to it. */

import {end} from "./runs.mjs";

/** @import {TrainingSlice} from "protocol" */
/** @import {Run} from "./runs.mjs" */

/**
 * The losses of the run with a key, up to an iteration, as CSV; and which those are, in words.
 * @typedef {{key: string, end: number, csv: string, words: string}} Listing
 */

/** @type {Readonly<Listing>} */
export const NOTHING = {key: "", end: 0, csv: "", words: ""};

/**
 * How far a list of a run reaches.
 * @param {Readonly<Listing>} listing
 * @param {Run} run
 */
export const reach = (listing, run) => (listing.key === run.key && listing.end <= end(run) ? listing.end : 0);

/**
 * The way that is to be gone again for what a list lacks, or null.
 * @param {Readonly<Listing>} listing
 * @param {Run} run
 */
export function unlisted(listing, run) {
  const goal = end(run), next = reach(listing, run) + 1;
  return next <= goal ? {goal, since: next, at: next} : null;
}

/**
 * What a slice tells goes on from what was told before, or stands for all of it.
 * @param {Readonly<Listing>} listing
 * @param {Run} run
 * @param {TrainingSlice} slice
 * @returns {Readonly<Listing>}
 */
export function listed(listing, run, {losses, at, goal, end: ending}) {
  if (!losses) return listing;
  const {csv, begins, words} = losses;
  return {key: run.key, end: ending === "goes-on" ? at - 1 : goal, csv: begins ? csv : listing.csv + csv, words};
}
