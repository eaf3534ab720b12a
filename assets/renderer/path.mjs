/* The path through the lessons: what is done of it, which this browser remembers, and where it leads on. */

import {all, byId, found} from "./nodes.mjs";

/** @import {Answer} from "protocol" */

const KEY = "nnviz-path";
let shown = "";

/** The names of the places that are done. */
function done() {
  try { return (localStorage.getItem(KEY) ?? "").split(" ").filter(Boolean); } catch { return []; }
}

/** @param {string[]} names */
function keep(names) {
  try { localStorage.setItem(KEY, names.join(" ")); } catch { /* a browser may forbid it */ }
}

/**
 * Whoever comes to the end of an iteration is done with its place.
 * @param {Answer} readings
 * @param {number} cursor
 */
export function show({place, steps}, cursor) {
  if (!found("path")) return;
  const isEnd = cursor === steps, now = `${place} ${isEnd}`;
  if (now === shown) return;
  shown = now;
  const before = done();
  if (place && isEnd && !before.includes(place)) keep([...before, place]);
  mark(place);
  const next = byId("path").querySelector("[aria-current] + li a"), onward = byId("onward");
  onward.hidden = !(isEnd && next);
  if (next instanceof HTMLAnchorElement) {
    const link = /** @type {HTMLAnchorElement} */ (onward.querySelector("a"));
    Object.assign(link, {href: next.href, textContent: next.textContent});
  }
}

/** @param {string} place */
function mark(place) {
  const names = done();
  for (const item of all("#path li")) {
    const {place: name = ""} = item.dataset, sign = /** @type {HTMLElement} */ (item.querySelector(".done"));
    if (name === place) item.setAttribute("aria-current", "step"); else item.removeAttribute("aria-current");
    sign.hidden = !names.includes(name);
  }
  byId("forget-path").hidden = !names.length;
}

/** Forgets what is done. */
export function forget() {
  keep([]);
  mark(shown.split(" ")[0]);
}
