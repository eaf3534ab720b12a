/* The card of somebody who practises. */

import {all, byId, setText} from "./nodes.mjs";
import {say} from "./words.mjs";

/** @import {Practice} from "protocol" */

const SURE = 4000; // milliseconds in which a second press counts
const finger = window.matchMedia("(hover: none)");
let html = "", task = "", isExpected = false;

/** @returns {HTMLInputElement[]} */
const blanks = () => all("#practice [data-blank]").map((node) => /** @type {HTMLInputElement} */ (node));

/**
 * @param {Practice | null} practice
 * @param {string} problem why there are no other numbers
 */
export function show(practice, problem) {
  const {dataset} = document.documentElement;
  if (practice) dataset.practising = practice.way; else delete dataset.practising;
  byId("practise").setAttribute("aria-pressed", String(Boolean(practice)));
  byId("practice-card").hidden = !practice;
  const isOther = (practice?.html ?? "") !== html;
  if (isOther) replace(practice?.html ?? "", practice?.task === task);
  if (isOther && practice?.said) reveal();
  task = practice?.task ?? "";
  setText(byId("practice-live"), practice?.said ?? "");
  setText(byId("practice-problem"), problem);
}

/** What was said, or the newest hint, comes into sight. */
function reveal() {
  const hint = all("#practice .hint").at(-1), said = document.querySelector("#practice .said");
  (hint ?? said)?.scrollIntoView({block: "nearest"});
}

/**
 * What is typed and not checked yet stays, what was unfolded too, and who was in the card stays there.
 * @param {string} given
 * @param {boolean} isSameTask
 */
function replace(given, isSameTask) {
  const place = byId("practice"), had = document.activeElement, typed = new Map(isSameTask ? typing() : []);
  const isIn = place.contains(had), open = all("#practice details[open]").map(({id}) => id);
  html = given;
  place.innerHTML = given;
  for (const blank of blanks()) blank.value = typed.get(blank.dataset.blank ?? "") ?? blank.value;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  const isCalled = isExpected && !finger.matches;
  isExpected = false;
  if (!isCalled && (!isIn || !had)) return;
  const same = had?.id && document.getElementById(had.id);
  if (same && isIn && !same.matches("input, output")) same.focus({preventScroll: true}); else focusNext();
}

/** Whoever begins with a mouse or with keys types next; with fingers, that would call up a keyboard. */
export function expectFocus() {
  isExpected = true;
}

/** What is typed in blanks and was not sent, by the ids of their steps. */
const typing = () => /** @type {[string, string][]} */ (
  blanks().filter(({value, defaultValue}) => value !== defaultValue).map(({dataset, value}) => [dataset.blank, value]));

/** What is to be checked: what was typed since the last time; it counts as sent. */
export function fresh() {
  const numbers = Object.fromEntries(typing().filter(([, value]) => value.trim()));
  for (const blank of blanks()) if (blank.value.trim()) blank.defaultValue = blank.value;
  return numbers;
}

/** The first number that is to be typed, or else the first button that goes on. */
export function focusNext() {
  const next = document.querySelector("#practice [aria-invalid]") ?? blanks().find(({value}) => !value)
    ?? blanks()[0] ?? document.querySelector("#practice :is([data-guess], [data-line]:not([disabled]), .buttons button)");
  if (next instanceof HTMLElement) next.focus({preventScroll: !next.matches("input")});
}

/** Whoever ends goes on from where they began. */
export const leave = () => byId("practise").focus({preventScroll: true});

/** The name that a student gives their result. */
export const student = () => /** @type {HTMLInputElement | null} */ (document.getElementById("student"))?.value ?? "";

/**
 * What is lost for good is asked twice.
 * @param {HTMLElement} button
 */
export function isSure(button) {
  if (button.dataset.sure) return true;
  const label = button.textContent;
  button.dataset.sure = "yes";
  setText(button, say("practice.erase_sure"));
  setTimeout(() => {
    delete button.dataset.sure;
    setText(button, label ?? "");
  }, SURE);
  return false;
}
