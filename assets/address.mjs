/* The address holds everything. It is replaced once the step is painted, and not more often than browsers allow; it is
   only piled up where much is replaced at once, so that the browser's Back undoes that. Beside it the history holds what
   no link can. */

import * as alone from "./renderer/alone.mjs";

/** @import {State} from "./state/practising.mjs" */

/** @typedef {{[name: string]: string}} Texts */

/**
 * What the history holds beside an address: the newest network that is no example, a setup too large for a link,
 * and what was done at a task.
 * @typedef {{own?: Texts | null, file?: Texts | null, practised?: State}} Others
 */

const EMBED = "&embed=1", PAUSE = 60, PAINTED = 20;
const PLACES = ["iteration", "step", "trained", "other", "practice", "assignment"];

let query = "", isTurning = false, timer = 0, last = 0;
/** @type {Others | null} */
let beside = null;

/**
 * The address of what the server answers beside its pages; modules are two folders below these.
 * @param {string} path
 */
export const ofServer = (path) => new URL(`../../${path}`, import.meta.url);

/** Writes what is kept into the address. */
export function write() {
  clearTimeout(timer);
  if (!query) return;
  last = performance.now();
  const change = isTurning ? "pushState" : "replaceState";
  isTurning = false;
  alone.tell(query.replace(EMBED, ""));
  try {
    history[change](beside, "", query);
  } catch {
    history[change](null, "", query); // it was too large for this browser
  }
}

/** What is kept next is another entry of the history. */
export function turn() {
  write();
  query = "";
  isTurning = true;
}

/**
 * @param {string} settings
 * @param {number} cursor
 * @param {Texts} more
 */
function written(settings, cursor, more) {
  const rest = new URLSearchParams(more).toString();
  return `?${settings}&step=${cursor}${rest && "&"}${rest}${alone.isEmbedded() ? EMBED : ""}`;
}

/**
 * Whether the whole address is as short as servers take it.
 * @param {string} settings
 * @param {number} cursor
 * @param {Texts} more
 */
export function fits(settings, cursor, more) {
  const {origin, pathname} = location, longest = Number(document.documentElement.dataset.longest);
  return `${origin}${pathname}${written(settings, cursor, more)}`.length <= longest;
}

/**
 * ``more`` stands in the address too; ``others`` is what the history holds beside it.
 * @param {string} settings
 * @param {number} cursor
 * @param {Texts} more
 * @param {Others} others
 */
export function keep(settings, cursor, more, others) {
  query = written(settings, cursor, more);
  beside = others;
  clearTimeout(timer);
  const early = last + PAUSE - performance.now();
  if (isTurning) write(); else timer = setTimeout(write, Math.max(early, PAINTED));
}

/** The browser has gone to another entry. */
export function forget() {
  clearTimeout(timer);
  query = "";
  isTurning = false;
}

/** @returns {Others} */
export const remembered = () => history.state ?? {};

/** What a link asks for, and where in the run that is. */
export function read() {
  /** @type {Texts} */
  const typed = Object.create(null), /** @type {string[]} */ repeated = []; // in typed no name is known before
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name in typed) repeated.push(name); else typed[name] = value;
  }
  const place = Object.fromEntries(PLACES.filter((name) => name in typed).map((name) => [name, typed[name]]));
  return {asks: {typed, repeated, iteration: typed.iteration ?? "1", step: typed.step ?? "0"}, place};
}

export const listen = () => window.addEventListener("pagehide", write);
