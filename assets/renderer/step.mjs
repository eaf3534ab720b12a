/* A step: its words, its formula, the buttons that are off, the slider, and the details of the chosen place. */

import {all, byId, found, input, setText} from "./nodes.mjs";
import * as numbers from "./numbers.mjs";
import * as path from "./path.mjs";
import * as picture from "./picture.mjs";
import {say} from "./words.mjs";
import {viewAt} from "../state/moves.mjs";

/** @import {Answer, CursorView} from "protocol" */

const SIZES = [1, .88, .76, .66]; // of a formula
const FRAMES = ["#picture", "#other-picture", ".legend", ".aside", "#formula", "#sentence", "#step-card", "#chain",
  "#chain-card", "#about", "#notes", "#panels"].join(); // which may be larger inside than outside
const finger = window.matchMedia("(hover: none)");

let offered = "";

/**
 * What is written comes first, then what depends on how large that is, so that the browser lays the page out once.
 * @param {Answer} readings
 * @param {number} cursor
 * @param {boolean} animate
 */
export function show(readings, cursor, animate) {
  const shown = viewAt(readings, cursor);
  setText(byId("meta"), shown.meta);
  setText(byId("title"), shown.title);
  setText(byId("sentence"), shown.sentence);
  setText(byId("hint"), shown.hint);
  byId("formula").innerHTML = shown.formula;
  byId("step-card").toggleAttribute("data-start", cursor === 0);
  numbers.show(readings, cursor);
  digits(shown.note);
  buttons(shown.refusals);
  slider(readings, cursor);
  details(readings, cursor);
  path.show(readings, cursor);
  picture.renew(readings, cursor);
  fit(byId("formula"));
  numbers.reveal(readings, cursor);
  picture.follow(readings, cursor);
  reach();
  picture.show(readings, cursor, animate);
}

/** Where the picture is out of sight, what the step says comes into it. */
export function reveal() {
  byId("step-card").scrollIntoView({block: "nearest"});
}

/** What is larger than its frame can be moved with the keyboard. */
export function reach() {
  for (const frame of all(FRAMES)) {
    const isLarger = frame.scrollWidth > frame.clientWidth || frame.scrollHeight > frame.clientHeight;
    if (isLarger) frame.tabIndex = 0; else frame.removeAttribute("tabindex");
  }
}

/**
 * A formula is written as large as it has room for; one that has none at the least size ends with its result.
 * @param {HTMLElement} formula
 */
function fit(formula) {
  const {style} = formula;
  for (const size of SIZES) {
    style.setProperty("--size", String(size));
    const isHigher = formula.scrollHeight > formula.clientHeight + 1;
    if (!isHigher && formula.scrollWidth <= formula.clientWidth + 1) return;
  }
  formula.scrollTop = formula.scrollHeight;
}

/**
 * All digits of what is pointed at or was computed; where there is nothing to say, what one may do.
 * @param {string} note
 */
export function digits(note) {
  const isNetwork = document.documentElement.dataset.lesson === "network";
  const [touch, mouse] = isNetwork
    ? ["invitation.network_touch", "invitation.network_mouse"] : ["invitation.touch", "invitation.mouse"];
  setText(byId("exact"), note || say(finger.matches ? touch : mouse));
}

/**
 * Marks what is pointed at wherever else it is, and tells its digits.
 * @param {Answer} readings
 * @param {number} cursor
 * @param {Element} target
 */
export function point(readings, cursor, target) {
  const at = /** @type {HTMLElement | null} */ (target.closest("[data-at]"))?.dataset.at;
  const exact = /** @type {HTMLElement | null} */ (target.closest("[data-exact]"))?.dataset.exact;
  picture.point(readings, cursor, at || "");
  digits(exact || viewAt(readings, cursor).note);
}

/** @param {CursorView["refusals"]} refusals */
function buttons(refusals) {
  const reasons = /** @type {{[id: string]: string | undefined}} */ (refusals);
  for (const button of all("#player button")) {
    const reason = reasons[button.id] || "", {about} = button.dataset;
    button.setAttribute("aria-disabled", String(Boolean(reason)));
    button.title = reason || about || "";
    if (about && !reason) button.removeAttribute("aria-describedby");
    else button.setAttribute("aria-describedby", "hint");
  }
  for (const id of ["forward", "backward"]) byId(id).classList.toggle("primary", !reasons[id]);
}

/**
 * @param {Answer} readings
 * @param {number} cursor
 */
function slider(readings, cursor) {
  const step = input("step");
  step.max = String(readings.steps);
  step.value = String(cursor);
  step.setAttribute("aria-valuetext", viewAt(readings, cursor).meta);
  step.style.setProperty("--done", String(cursor / readings.steps));
}

/**
 * @param {Answer} readings
 * @param {number} cursor
 */
function details(readings, cursor) {
  const told = readings.details;
  byId("chain-card").hidden = !told;
  for (const row of all("#table tr.chosen")) choose(row, row.dataset.row === told?.place);
  if (!told) return;
  const row = numbers.rowOf(told.place);
  if (row) choose(row, true);
  setText(byId("chain-title"), told.title);
  offer(told.choices);
  byId("chain").innerHTML = told.parts.map((part) => (part.since <= cursor ? part.html : part.before)).join("");
  byId("check").hidden = !told.checkable;
}

/**
 * What may be chosen of the place is as it is, also where another choice was refused; who is there stays there.
 * @param {string} html
 */
function offer(html) {
  const had = document.activeElement?.closest("#choices select")?.id;
  if (offered !== html) byId("choices").innerHTML = html;
  offered = html;
  for (const node of all("#choices option[selected]")) if (node instanceof HTMLOptionElement) node.selected = true;
  if (had) found(had)?.focus({preventScroll: true});
}

/**
 * @param {HTMLElement} row
 * @param {boolean} isChosen
 */
function choose(row, isChosen) {
  row.querySelector("button")?.setAttribute("aria-expanded", String(isChosen));
  row.classList.toggle("chosen", isChosen);
}
