/* Notices: what is said of the page itself, and what its buttons say after a press. */

import {byId, found, setText} from "./nodes.mjs";
import {say} from "./words.mjs";

const LONG_ENOUGH = 2500; // milliseconds, to be read

/** @param {string} text */
export function notify(text) {
  setText(byId("notice-text"), text);
  byId("notice").hidden = !text;
  byId("renew").hidden = true;
}

/** Offers to load the page that the server has now. */
export function outdated() {
  notify(say("page.outdated"));
  byId("renew").hidden = false;
}

/**
 * Takes down a notice that is no longer true, if it is still there.
 * @param {string} text
 */
export function unnotify(text) {
  if (text && byId("notice-text").textContent === text) notify("");
}

/**
 * What was to be done by an action is refused here, and the server is not asked.
 * @param {string} action
 * @param {string} key
 */
export function complain(action, key) {
  setText(found(`${action}-problem`), say(key));
  if (action !== "csv") return;
  for (const question of ["csv-first", "csv-columns"]) setText(found(`${question}-problem`), "");
}

/** @param {boolean} isPlaying */
export function playing(isPlaying) {
  setText(byId("play"), say(isPlaying ? "button.pause" : "button.play"));
}

/**
 * Points to why a button is off.
 * @param {string} button
 */
export function nudge(button) {
  const hint = byId("hint");
  setText(hint, byId(button).title);
  hint.classList.remove("nudge");
  void hint.offsetWidth;
  hint.classList.add("nudge");
}

/** @param {boolean} isBusy */
export function busy(isBusy) {
  byId("page").setAttribute("aria-busy", String(isBusy));
  if (isBusy) setText(byId("hint"), say("page.waiting"));
}

/**
 * A button says for a while what came of its press.
 * @param {string} id
 * @param {string} text
 * @param {string} label what it says else
 */
export function tellAt(id, text, label) {
  const button = byId(id);
  setText(button, text);
  setTimeout(() => setText(button, label), LONG_ENOUGH);
}

/**
 * Whether something is asked or typed whose answer is not shown yet.
 * @param {boolean} isWaiting
 */
export function waiting(isWaiting) {
  document.documentElement.toggleAttribute("data-waiting", isWaiting);
}

/** The page hears of presses from now on; the buttons that were pressed before are returned. */
export function begun() {
  const {dataset} = document.documentElement, pressed = (dataset.pressed ?? "").split(" ").filter(Boolean);
  dataset.begun = "yes";
  delete dataset.pressed;
  return pressed;
}

/**
 * The page is the answer to the request of a number, all of it; with null it is about to be another one.
 * @param {number | null} serial
 */
export function ready(serial) {
  if (serial === null) delete document.documentElement.dataset.ready;
  else document.documentElement.dataset.ready = String(serial);
}
