/* Numbers: fills in the places for numbers in the formula, the table and the matrices, and lights those of a step. */

import {all, byId, found, setText} from "./nodes.mjs";
import {say} from "./words.mjs";
import {viewAt} from "../state/moves.mjs";

/** @import {Answer, CursorView} from "protocol" */

/** @type {{[phase: string]: string}} */
let matrices = {};
/** @type {HTMLElement[]} */
let lit = [];
/** @type {{readings: Answer | null, cursor: number, places: Map<number | undefined, HTMLElement[]>}} */
let filled = {readings: null, cursor: 0, places: new Map()};

const PLACES = ["table", "matrices", "updates", "any-layer", "torch"].map((id) => `#${id} [data-value]`).join();

/**
 * A number of the iteration, or one that only some formulas show.
 * @param {Answer} readings
 * @param {string} [name]
 */
const numberOf = ({values, updates, any_layer}, name = "") =>
  values[name] ?? updates?.values[name] ?? any_layer?.values[name];

/**
 * The equations of each pass, as HTML with places for numbers.
 * @param {{[phase: string]: string} | null} fresh
 */
export function setMatrices(fresh) {
  byId("matrices-card").hidden = !fresh;
  matrices = fresh || {};
  delete byId("matrices").dataset.phase;
}

/**
 * @param {Answer} readings
 * @param {number} cursor
 */
export function show(readings, cursor) {
  for (const place of all("#formula [data-value]")) put(place, readings, cursor);
  const isFresh = equations(readings, cursor) || filled.readings !== readings;
  if (isFresh) fill(readings, cursor); else refill(readings, cursor);
  light(viewAt(readings, cursor));
}

/**
 * What the step is about in the table comes into sight.
 * @param {Answer} readings
 * @param {number} cursor
 */
export function reveal(readings, cursor) {
  const {at, names, stages} = viewAt(readings, cursor), row = at.map(rowOf).find(Boolean), table = byId("table");
  const lines = stages.flatMap(linesOf);
  for (const program of all(".program")) {
    const line = lines.find((node) => program.contains(node));
    if (line) lower(line, program);
  }
  if (!row) return;
  lower(row, table);
  bring(row, names, table);
}

/**
 * What was folded away is shown too.
 * @param {Answer} readings
 * @param {number} cursor
 */
export function refold(readings, cursor) {
  if (equations(readings, cursor)) fill(readings, cursor);
  light(viewAt(readings, cursor));
  reveal(readings, cursor);
}

/**
 * Every place for a number, wherever it is, has the name of the number; it is filled in as soon as that is known.
 * Once all are filled, a step only changes those whose numbers come to be known or are so no longer.
 * @param {Answer} readings
 * @param {number} cursor
 */
function fill(readings, cursor) {
  filled = {readings, cursor, places: new Map()};
  for (const place of all(PLACES)) {
    const since = numberOf(readings, place.dataset.value)?.since, others = filled.places.get(since);
    if (others) others.push(place); else filled.places.set(since, [place]);
    put(place, readings, cursor);
  }
}

/**
 * @param {Answer} readings
 * @param {number} cursor
 */
function refill(readings, cursor) {
  const [first, last] = [filled.cursor, cursor].sort((a, b) => a - b);
  for (let since = first + 1; since <= last; since += 1) {
    for (const place of filled.places.get(since) || []) put(place, readings, cursor);
  }
  filled.cursor = cursor;
}

/**
 * @param {HTMLElement} place
 * @param {Answer} readings
 * @param {number} cursor
 */
function put(place, readings, cursor) {
  const {value: name, unknown} = place.dataset, number = numberOf(readings, name), isFew = "few" in place.dataset;
  const known = number && number.since <= cursor ? number : null;
  setText(place, known ? known[isFew ? "few" : "text"] : unknown || say("unknown"));
  if (place.tagName === "TD") place.className = known ? `kind-${known.kind}` : "unknown";
  else place.classList.toggle("unknown", !known);
  const exact = known && (known.is_rounded || isFew) && known.in_full;
  if (exact) place.dataset.exact = exact; else delete place.dataset.exact;
}

/**
 * The rows of the table, the formulas, the entries of the matrices and the lines of the program that the step is about.
 * @param {CursorView} shown
 */
function light(shown) {
  for (const node of lit) node.classList.remove("lit");
  const rows = shown.at.map(rowOf).filter((row) => row !== null);
  lit = [...rows, ...shown.at.flatMap(formulasOf), ...shown.names.flatMap(entriesOf), ...shown.stages.flatMap(linesOf),
    ...shown.equations.flatMap(equationsOf)];
  for (const node of lit) node.classList.add("lit");
  setText(found("any-layer-instance"), shown.instance);
}

/**
 * @param {string} place
 * @returns {HTMLElement | null}
 */
export const rowOf = (place) => document.querySelector(`#table tr[data-row="${CSS.escape(place)}"]`);

/** @param {string} place */
const formulasOf = (place) => all(`#updates [data-line="${CSS.escape(place)}"]`);

/** @param {string} name */
const equationsOf = (name) => all(`#any-layer [data-equation~="${CSS.escape(name)}"]`);

/** @param {string} stage */
const linesOf = (stage) => all(`.program [data-stage~="${stage}"]`);

/** @param {string} name */
const entriesOf = (name) => all(["value", "of"].map((key) => `#matrices [data-${key}="${CSS.escape(name)}"]`).join());

/**
 * A table that is higher than its frame is moved until the row is in sight.
 * @param {HTMLElement} row
 * @param {HTMLElement} frame
 */
function lower(row, frame) {
  if (frame.scrollHeight <= frame.clientHeight) return;
  const {top, height} = row.getBoundingClientRect(), start = frame.getBoundingClientRect().top;
  const head = frame.querySelector("thead")?.offsetHeight ?? 0, room = frame.clientHeight - head - height;
  const above = top - start - head;
  if (above < 0 || above > room) frame.scrollTop += above - Math.max(0, room / 2);
}

/**
 * A table that is wider than its frame is moved until the number of the step is in sight, beside the row's head.
 * @param {HTMLElement} row
 * @param {string[]} names
 * @param {HTMLElement} frame
 */
function bring(row, names, frame) {
  if (frame.scrollWidth <= frame.clientWidth) return;
  const cell = names.map((name) => row.querySelector(`[data-value="${CSS.escape(name)}"]`)).find(Boolean);
  if (!cell) return;
  const {left, right} = cell.getBoundingClientRect(), edge = frame.getBoundingClientRect();
  const head = row.firstElementChild?.getBoundingClientRect().width ?? 0;
  if (right > edge.right) frame.scrollLeft += right - edge.right;
  else if (left < edge.left + head) frame.scrollLeft += left - edge.left - head;
}

/**
 * Shows the equations of a cursor's pass, and returns whether they are others than before.
 * @param {Answer} readings
 * @param {number} cursor
 */
function equations(readings, cursor) {
  if (!found("matrices-fold")?.hasAttribute("open")) return false;
  const {phase} = viewAt(readings, cursor), shown = matrices[phase], frame = byId("matrices");
  if (frame.dataset.phase === phase) return false;
  frame.dataset.phase = phase;
  frame.innerHTML = shown || "";
  if (!shown) setText(frame, say("matrices.none"));
  return true;
}
