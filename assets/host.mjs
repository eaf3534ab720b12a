/* The host: Python, where a notebook shows the player; where it is not there, the address keeps the step. */

/** @import {Place, StandaloneAnswer, StandaloneRequest, Theme} from "protocol" */

/**
 * What Python does, and what the notebook looks like.
 * @typedef {object} Player
 * @property {(given: StandaloneAnswer) => void} show
 * @property {(given: StandaloneAnswer, serial: number) => void} answer
 * @property {(given: StandaloneAnswer) => void} redraw
 * @property {(place: Place, isFirst: boolean) => void} visit
 * @property {(theme: Theme) => void} dress
 *
 * @typedef {{kind: "answer", packed: string, to: "all" | "request" | "room", serial: number} | {kind: "place", place: Place, isFirst: boolean}
 *   | {kind: "theme", theme: Theme}} Told
 */

/** @type {MessagePort | null} */
let port = null;
/** @type {Place | null} */
let sent = null; // where Python said last that the reader is to be
let begun = () => {};
/** @type {Promise<void>} */
let before = new Promise((resolve) => { begun = resolve; });

export const isThere = () => port !== null;

/** @param {Omit<StandaloneRequest, "player">} request */
export const ask = (request) => port?.postMessage({kind: "ask", request});

/** @param {[number, number]} room */
export const look = (room) => port?.postMessage({kind: "look", room});

/** The step that the address names, or 0. */
export const step = () => Number(location.hash.slice(1)) || 0;

/** The player is there: it is told what Python has done meanwhile. */
export const begin = () => begun();

/**
 * The reader is at a place; Python is told of it where it has not sent them there.
 * @param {Place} place
 */
export function arrive(place) {
  if (!port && location.protocol !== "about:") history.replaceState(null, "", `#${place.cursor}`);
  if (!port || !sent || (sent.iteration === place.iteration && sent.cursor === place.cursor)) return;
  sent = {iteration: 0, cursor: 0};
  port.postMessage({kind: "arrived", place});
}

/**
 * What Python packed: JSON, deflated, in Base64.
 * @param {string} packed
 * @returns {Promise<any>}
 */
export async function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

/**
 * Hears of what Python does, one after the other.
 * @param {Player} player
 */
export function listen({show, answer, redraw, visit, dress}) {
  /** @param {Told} told */
  async function hear(told) {
    if (told.kind === "theme") dress(told.theme);
    if (told.kind === "place") {
      sent = told.place;
      visit(told.place, told.isFirst);
    }
    if (told.kind === "answer") {
      const given = await unpacked(told.packed);
      if (told.to !== "room") sent = {iteration: given.answer.iteration, cursor: given.answer.cursor};
      if (told.to === "room") redraw(given);
      else if (told.to === "request") answer(given, told.serial);
      else show(given);
    }
  }
  window.addEventListener("message", ({data, ports}) => {
    if (data !== "nnviz" || !ports.length) return;
    [port] = ports;
    port.addEventListener("message", (event) => { before = before.then(() => hear(event.data)); });
    port.start();
  });
  window.addEventListener("hashchange", () => visit({iteration: 1, cursor: step()}, false));
}
