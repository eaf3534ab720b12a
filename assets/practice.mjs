/* Practice: what the page asks of the server of somebody who practises, and what they do at the card. */

import * as address from "./address.mjs";
import {download} from "./renderer/download.mjs";
import {byId} from "./renderer/nodes.mjs";
import {notify} from "./renderer/notices.mjs";
import * as card from "./renderer/practice.mjs";
import {say} from "./renderer/words.mjs";
import * as server from "./server.mjs";
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
export const inAddress = () => practising.inAddress(state);

/** What the history holds of the task. */
export const inHistory = () => (state.log.length || state.done.length ? state : undefined);

/**
 * The page comes to an address, where somebody practises or not; whether the document's answer is not all of it, as
 * something is known of the task or the student already.
 * @param {{practice?: string, assignment?: string}} asks
 * @param {State | undefined} kept
 */
export function travel(asks, kept) {
  state = practising.resumed(asks, kept, Date.now());
  return Boolean(asked() && (inHistory() || record()));
}

/** @param {Answer} answer */
export function meet({practice, problems}) {
  state = practising.met(state, practice, Date.now());
  weakness = practice?.weakness ?? "";
  if (practice) keep(practice.record);
  card.show(practice, problems.exercise ?? "");
}

/**
 * Another way is another entry of the history: what was done before stays there.
 * @param {string} way
 */
function begin(way) {
  address.turn();
  state = practising.begun(way, "", Date.now());
  if (way) card.expectFocus();
  player.ask(way ? {step: AS_FAR_AS_KNOWN} : {});
}

/** @param {Done} done */
function tell(done) {
  state = practising.did(state, done, Date.now());
  player.ask({step: AS_FAR_AS_KNOWN});
}

function newNumbers() {
  const seed = crypto.getRandomValues(new Uint32Array(1))[0] % SEEDS;
  player.ask({action: "exercise", payload: `${seed} ${weakness}`, step: AS_FAR_AS_KNOWN});
}

function nextTask() {
  address.turn();
  state = practising.next(state, player.shown()?.readings.kept ?? {}, Date.now());
  card.expectFocus();
  player.ask({step: AS_FAR_AS_KNOWN});
}

async function saveResult() {
  const texts = player.shown()?.readings.kept, {lesson = ""} = document.documentElement.dataset;
  if (!texts) return;
  const tasks = practising.tasks(state, texts), {assignment} = state;
  const file = await server.savedResult({lesson, assignment, student: card.student(), tasks});
  if (file === null) notify(say("page.failed_once")); else download(`nnviz-${assignment}.json`, file, "application/json");
}

/** @param {HTMLElement} button */
function erase(button) {
  if (!card.isSure(button)) return;
  keep("");
  state = {...practising.begun(state.way, state.assignment, Date.now()), number: state.number, done: state.done};
  player.ask();
}

/** @type {{[name: string]: (button: HTMLElement) => void}} */
const PRESSES = {
  new: newNumbers,
  hint: ({dataset}) => tell({deed: "hint", step: dataset.step ?? "", numbers: {}}),
  next: nextTask,
  onward: ({dataset}) => begin(dataset.way ?? FIRST),
  stop() {
    begin("");
    card.leave();
  },
  save: () => download("nnviz-practice.json", record(), "application/json"),
  erase,
};

/** @param {MouseEvent} event */
function onClick({target}) {
  const button = target instanceof Element && /** @type {HTMLElement | null} */ (target.closest("button"));
  if (!button || !player.shown()) return;
  const {practice, guess, line, step = ""} = button.dataset;
  if (button.id === "practise") begin(practising.isBegun(state) ? "" : FIRST);
  else if (practice) PRESSES[practice](button);
  else if (guess) tell({deed: "guess", step, numbers: {guess}});
  else if (line) tell({deed: "line", step: line, numbers: {}});
}

/** @param {SubmitEvent} event */
function onSubmit(event) {
  const form = event.target instanceof HTMLElement ? event.target.id : "";
  if (!form.startsWith("practice-")) return;
  event.preventDefault();
  if (form === "practice-result") {
    saveResult();
    return;
  }
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
