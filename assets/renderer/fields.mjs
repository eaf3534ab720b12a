/* Fields: what a hand puts into one counts until an answer has taken it; an answer sets all others.
 *
 * touched   when a hand was at each field last, since its text was taken: a count of all such times
 * spelled   how the text that was taken is written in the field that has the focus, until that is left
 */

import * as nodes from "./nodes.mjs";

/** @import {Answer} from "protocol" */
/** @import {Entry, Texts, Typed} from "../state/player.mjs" */

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */
/** @typedef {Field | HTMLTextAreaElement} Writable */

/** @type {Map<string, number>} */
const touched = new Map();
/** @type {{id: string, text: string, value: string} | null} */
let spelled = null;
let count = 0, latest = "", data = "";

export const all = () => nodes.all("[data-field]:not([hidden])").map((node) => /** @type {Field} */ (node));

/** @param {string} id */
export const isTouched = (id) => touched.has(id);

/** The fields that a hand was at, whose texts no answer has taken. */
export const inHand = () => [...touched.keys()];

/**
 * @param {string} id
 * @returns {Writable | null}
 */
const field = (id) => /** @type {Writable | null} */ (nodes.found(id));

/** @param {string} id */
const textOf = (id) => field(id)?.value ?? "";

/** @param {string} id */
function touch(id) {
  count += 1;
  latest = id;
  touched.set(id, count);
}

/**
 * Puts a text into a field as a hand does.
 * @param {string} id
 * @param {string} text
 */
export function put(id, text) {
  const node = field(id);
  if (node) node.value = text;
  touch(id);
}

/**
 * What is touched now, to be sent: its texts, until when it was touched, and what last.
 * @returns {Typed}
 */
export function typed() {
  const texts = touched.size ? all().filter(({id}) => isTouched(id)).map(({id, value}) => [id, value]) : [];
  return {texts: Object.fromEntries(texts), until: count, latest};
}

/**
 * Of the texts that were to be sent, those that no answer has taken meanwhile.
 * @param {Texts} texts
 * @returns {Texts}
 */
export function untaken(texts) {
  return Object.fromEntries(Object.entries(texts).filter(([id]) => isTouched(id)));
}

/**
 * An answer has taken what was touched until it was asked for; what it refuses stays touched.
 * @param {Answer} answer
 * @param {Entry} entry
 */
export function taken({kept, problems, settings}, {texts, until, more}) {
  const isOfTexts = !more.action && !more.typed;
  /** @param {string} id */
  const isLeft = (id) => {
    if (id === "csv") return inTable(kept) === data;
    return Boolean(problems[id]) || (id === "paste" && more.action !== "paste");
  };
  for (const [id, when] of touched) {
    if (when > until) continue;
    if (isLeft(id)) continue;
    touched.delete(id);
    const isInUse = field(id) && field(id) === document.activeElement && textOf(id) === texts[id];
    if (isInUse && isOfTexts) spelled = {id, text: texts[id], value: settings[id]};
  }
  data = inTable(kept);
}

/** @param {Answer} answer */
export function set({settings, kept}) {
  for (const id of touched.keys()) if (!field(id)) touched.delete(id);
  for (const node of all()) {
    const {id, value, tagName} = node, isInUse = node === document.activeElement && tagName === "INPUT";
    const isSpelled = spelled?.id === id && spelled.text === value && spelled.value === settings[id];
    if (!isTouched(id) && !(isInUse && isSpelled)) write(node, settings[id]);
  }
  const csv = field("csv");
  if (csv && !isTouched("csv")) write(csv, inTable(kept));
}

/**
 * Samples as the table that they come from, or as CSV, below their names where these have any.
 * @param {Texts} kept
 */
const inTable = ({table, names, data: rows}) => table ?? `${names}${names && ";"}${rows}`.replaceAll(";", "\n");

/**
 * The caret stays where it is; at the end it stays at the end.
 * @param {Writable} node
 * @param {string} text
 */
function write(node, text) {
  if (node.value === text) return;
  if (node instanceof HTMLSelectElement) {
    node.value = text;
    return;
  }
  const {value, selectionStart: from, selectionEnd: to} = node;
  /** @param {number} place */
  const at = (place) => (place === value.length ? text.length : place);
  node.value = text;
  if (node === document.activeElement) node.setSelectionRange(from && at(from), to && at(to));
}

/** The texts of a hand, to be put into the fields that take the place of these. */
export function written() {
  const texts = inHand().filter((id) => field(id)).map((id) => ({id, text: textOf(id)}));
  return () => {
    for (const {id, text} of texts) {
      const node = field(id);
      if (node) node.value = text;
    }
  };
}

/**
 * @param {string} slider
 * @param {number} at
 */
export function slide(slider, at) {
  nodes.input(slider).value = String(at);
}

/**
 * Lets the same file be chosen again.
 * @param {HTMLInputElement} node
 */
export function clear(node) {
  node.value = "";
}

/**
 * The field that had the focus is left.
 * @param {Answer} answer
 */
export function leave(answer) {
  spelled = null;
  set(answer);
}

/** @param {string} id */
export function release(id) {
  touched.delete(id);
}

export function forget() {
  touched.clear();
  spelled = null;
}

/** Takes what a hand put into fields before anybody heard of it, and returns whether there is any. */
export function findEarly() {
  const early = all().filter((node) => node instanceof HTMLInputElement && node.value !== node.defaultValue);
  for (const {id} of early) touch(id);
  return early.length > 0;
}

/** Hears of every hand at a field, before anybody else does. */
export function listen() {
  document.addEventListener("input", ({target}) => {
    if (!(target instanceof HTMLElement)) return;
    if (["csv", "paste"].includes(target.id) || ("field" in target.dataset && target.tagName === "INPUT")) touch(target.id);
  });
  document.addEventListener("change", ({target}) => {
    if (target instanceof HTMLSelectElement && "field" in target.dataset) touch(target.id);
  });
}
