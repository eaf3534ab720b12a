/* Practice: what the page asks of the server of somebody who practises, and what they do at the card. */

import {download} from "./renderer/download.mjs";
import {byId} from "./renderer/nodes.mjs";
import * as card from "./renderer/practice.mjs";
import * as practising from "./state/practising.mjs";

/** @import {Answer} from "protocol" */
/** @import {More} from "./state/player.mjs" */
/** @import {Done, State} from "./state/practising.mjs" */

/**
 * What practice may ask of the player.
 * @typedef {{ask: (more?: More) => void, shown: () => {readings: Answer, cursor: number} | null}} Player
 */

const KEY = "nnviz-practice", AS_FAR_AS_KNOWN = "9999", SEEDS = 1e9, FIRST = "step";

/** @type {Readonly<State>} */
let state = practising.BEGUN;
let weakness = "";
/** @type {Player} */
let player;

/** What this browser keeps of all tasks. */
function record() {
  try { return localStorage.getItem(KEY) ?? ""; } catch { return ""; }
}

/** @param {string} text */
function keep(text) {
  try { localStorage.setItem(KEY, text); } catch { /* a browser may forbid it */ }
}

export const asked = () => practising.asked(state, record());

/** @returns {{[name: string]: string}} */
export const inAddress = () => (state.way ? {practice: state.way} : {});

/** What the history holds of the task. */
export const inHistory = () => (state.log.length ? state : undefined);

/**
 * The page comes to an address where somebody practises in a way, or in none; what is known of the task already says
 * whether the document's answer is not all that there is.
 * @param {string} way
 * @param {State | undefined} kept
 */
export function travel(way, kept) {
  state = practising.resumed(way, kept, Date.now());
  return Boolean(way && (state.log.length || record()));
}

/** @param {Answer} answer */
export function meet({practice, problems}) {
  state = practising.met(state, practice, Date.now());
  weakness = practice?.weakness ?? "";
  if (practice) keep(practice.record);
  card.show(practice, problems.exercise ?? "");
}

/** @param {string} way */
function begin(way) {
  state = practising.begun(way, Date.now());
  if (way) card.expectFocus();
  player.ask();
}

/** @param {Done} done */
function tell(done) {
  state = practising.did(state, done, Date.now());
  player.ask({step: AS_FAR_AS_KNOWN});
}

function newNumbers() {
  const seed = crypto.getRandomValues(new Uint32Array(1))[0] % SEEDS;
  player.ask({action: "exercise", payload: `${seed} ${weakness}`, step: "0"});
}

/** @param {HTMLElement} button */
function erase(button) {
  if (!card.isSure(button)) return;
  keep("");
  player.ask();
}

/** @type {{[name: string]: (button: HTMLElement) => void}} */
const PRESSES = {
  new: newNumbers,
  hint: ({dataset}) => tell({deed: "hint", step: dataset.step ?? "", numbers: {}}),
  onward: ({dataset}) => begin(dataset.way ?? FIRST),
  stop: () => begin(""),
  save: () => download("nnviz-practice.json", record(), "application/json"),
  erase,
};

/** @param {MouseEvent} event */
function onClick({target}) {
  const button = target instanceof Element && /** @type {HTMLElement | null} */ (target.closest("button"));
  if (!button || !player.shown()) return;
  const {practice, guess, line, step = ""} = button.dataset;
  if (button.id === "practise") begin(state.way ? "" : FIRST);
  else if (practice) PRESSES[practice](button);
  else if (guess) tell({deed: "guess", step, numbers: {guess}});
  else if (line) tell({deed: "line", step: line, numbers: {}});
}

/** @param {SubmitEvent} event */
function onSubmit(event) {
  if (!(event.target instanceof HTMLElement) || event.target.id !== "practice-form") return;
  event.preventDefault();
  const numbers = card.fresh();
  if (Object.keys(numbers).length) tell({deed: "answers", step: "", numbers}); else card.focusNext();
}

/**
 * Several numbers that are pasted are read from the field on where they are.
 * @param {ClipboardEvent} event
 */
function onPaste(event) {
  const {target, clipboardData} = event, text = clipboardData?.getData("text/plain").trim() ?? "";
  if (!(target instanceof HTMLInputElement) || !target.dataset.blank || !/[\n\t;]/.test(text)) return;
  event.preventDefault();
  tell({deed: "answers", step: target.dataset.blank, numbers: {"": text}});
}

/** @param {Player} asking */
export function listen(asking) {
  player = asking;
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("paste", onPaste);
  byId("practice").addEventListener("change", ({target}) => {
    if (target instanceof HTMLSelectElement) begin(target.value);
  });
}
