/* The host: Python, where a notebook shows the player; where it is not there, the address keeps the step. */

/** @import {Place, StandaloneAnswer, StandaloneRequest, Theme} from "protocol" */

/**
 * What Python does, and what the notebook looks like.
 * @typedef {object} Player
 * @property {(given: StandaloneAnswer, serial: number) => void} answer
 * @property {(place: Place) => void} visit
 * @property {(theme: Theme) => void} dress
 *
 * @typedef {{kind: "answer", packed: string, serial: number} | {kind: "place", place: Place}
 *   | {kind: "theme", theme: Theme}} Told
 */

/** @type {MessagePort | null} */
let port = null;
let begun = () => {};
/** @type {Promise<void>} */
let before = new Promise((resolve) => { begun = resolve; });

export const isThere = () => port !== null;

/** @param {Omit<StandaloneRequest, "player">} request */
export const ask = (request) => port?.postMessage({kind: "ask", request});

/** The step that the address names, or 0. */
export const step = () => Number(location.hash.slice(1)) || 0;

/** The player is there: it is told what Python has done meanwhile. */
export const begin = () => begun();

/**
 * The reader is at a step.
 * @param {number} cursor
 */
export function arrive(cursor) {
  if (port) port.postMessage({kind: "arrived", cursor});
  else if (location.protocol !== "about:") history.replaceState(null, "", `#${cursor}`);
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
export function listen({answer, visit, dress}) {
  /** @param {Told} told */
  async function hear(told) {
    if (told.kind === "theme") dress(told.theme);
    if (told.kind === "place") visit(told.place);
    if (told.kind === "answer") answer(await unpacked(told.packed), told.serial);
  }
  window.addEventListener("message", ({data, ports}) => {
    if (data !== "nnviz" || !ports.length) return;
    [port] = ports;
    port.addEventListener("message", (event) => { before = before.then(() => hear(event.data)); });
    port.start();
  });
  window.addEventListener("hashchange", () => visit({iteration: 1, cursor: step()}));
}
