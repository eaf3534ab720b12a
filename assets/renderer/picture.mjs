/* The picture: sets what Python drew for a cursor, and what of it is pointed at. */

import * as display from "./display.mjs";
import * as frames from "./frame.mjs";
import {all, byId, found, graph, setText} from "./nodes.mjs";
import {viewAt} from "../state/moves.mjs";

/** @import {Answer, FrameData, StandaloneAnswer} from "protocol" */

const BESIDE = 14, EDGE = 4; // pixels
const SHARP = 2; // pixels of a PNG to one of the screen

let marked = "", pointed = "", told = "", isThere = false;
/** @type {{readings: Answer | null, cursor: number}} */
let seen = {readings: null, cursor: 0};
/** @type {FrameData | null} */
let lit = null;
/** @type {{[trace: string]: string}[]} */
let pictures = [];
/** @type {string[]} */
let asked = []; // the places that somebody who practises is asked about

/** Whether Plotly's picture is there; until then it is the one that the document has. */
export const isLive = () => isThere;

/**
 * Begins with the document's picture; for each view there are those of its traces that are others then.
 * @param {{[trace: string]: string}[]} given
 */
export function begin(given) {
  pictures = given;
}

/**
 * Shows a picture of Python's where Plotly will not come.
 * @param {StandaloneAnswer} given
 */
export function replace({answer, picture, pictures: changing, room}) {
  /** @type {HTMLElement} */ (document.querySelector("#picture > .fitted")).innerHTML = picture;
  begin(changing);
  draw(answer, room);
}

/**
 * Resolves as soon as Dash has made the picture.
 * @returns {Promise<PlotlyGraph>}
 */
export function drawn() {
  return new Promise((resolve) => {
    const look = () => (window.Plotly && graph()?.data ? resolve(graph()) : requestAnimationFrame(look));
    look();
  });
}

/**
 * @param {Answer} readings
 * @param {number[]} room
 */
export async function draw(readings, room) {
  const {data, layout, least, label, legend, crowded, drag} = readings.figure;
  delete document.documentElement.dataset.early;
  byId("picture").setAttribute("aria-label", label);
  byId("picture").dataset.room = room.join(" ");
  byId("picture").closest(".stage")?.classList.toggle("crowded", Boolean(crowded));
  for (const node of all("p.legend")) setText(node, legend);
  display.size(graph() ? "network" : "sketch", layout.width, layout.height, least);
  if (!graph()) return;
  byId("network").classList.toggle("movable", Boolean(drag));
  if (drag?.grip === null) hold(true);
  await window.Plotly.react(graph(), [...data], layout, graph()._context);
  isThere = true;
  found("sketch")?.remove();
}

/**
 * The address of an image of the picture as it is now, on the card's colour.
 * @param {"svg" | "png"} format
 * @returns {Promise<string>}
 */
export async function image(format) {
  const {data, _fullLayout: {width, height}} = graph(), ground = getComputedStyle(byId("network-card")).backgroundColor;
  const layout = {...graph().layout, paper_bgcolor: ground};
  return window.Plotly.toImage({data, layout}, {format, width, height, scale: format === "png" ? SHARP : 1});
}

/**
 * Shows whether a press would take hold of what may be moved.
 * @param {boolean} isHeld
 */
export function hold(isHeld) {
  byId("network").classList.toggle("held", isHeld);
}

/**
 * Each frame has all that may have changed, because a later one may take over before it is painted.
 * @param {Answer} readings
 * @param {number} cursor
 */
function move(readings, cursor) {
  if (!isThere) return;
  const {frame} = viewAt(readings, cursor), {pointing} = readings.figure;
  const practised = asked.length ? pointing.asked : null;
  const marking = (pointed && pointing[pointed]) || lit || practised || pointing[""];
  const both = {data: [...frame.data, ...marking.data], traces: [...frame.traces, ...marking.traces]};
  frames.draw(graph(), both);
}

/**
 * Shows a cursor; without ``animate`` the picture is already drawn for it, but for what is pointed at.
 * @param {Answer} readings
 * @param {number} cursor
 * @param {boolean} animate
 */
export function show(readings, cursor, animate) {
  if (readings !== seen.readings || cursor !== seen.cursor) darken();
  seen = {readings, cursor};
  if (isThere) {
    if (animate || pointed || readings.figure.asked) move(readings, cursor);
  } else if (animate) {
    sketch(cursor - readings.first);
  }
}

/**
 * Shows a view's traces in the document's picture.
 * @param {number} view
 */
function sketch(view) {
  for (const [trace, html] of Object.entries(pictures[view] ?? {})) {
    const group = document.querySelector(`#sketch [data-trace="${trace}"]`);
    if (group) group.innerHTML = html;
  }
}

/**
 * A network that is larger than its card is moved until what is lit is in sight.
 * @param {Answer} readings
 * @param {number} cursor
 */
export function follow(readings, cursor) {
  const picture = byId("picture"), [x, y] = viewAt(readings, cursor).centre;
  picture.scrollLeft = x * picture.scrollWidth - picture.clientWidth / 2;
  picture.scrollTop = y * picture.scrollHeight - picture.clientHeight / 2;
}

/* ---- what differs from what it should be stays lit until the next step ---- */

/**
 * Lights places in the picture and cells of the table.
 * @param {FrameData | null} marks
 * @param {HTMLElement[]} [cells]
 */
export function light(marks, cells = []) {
  darken();
  lit = marks;
  for (const cell of cells) cell.dataset.differs = "";
  if (seen.readings) move(seen.readings, seen.cursor);
}

function darken() {
  lit = null;
  for (const cell of all("[data-differs]")) delete cell.dataset.differs;
}

/* ---- a place is the same in formula, table and network ---- */

/**
 * What is known of the place that the mouse is on stands beside it.
 * @param {Answer | null} readings
 * @param {number} cursor
 * @param {string} place
 * @param {MouseEvent} [event]
 */
export function tell(readings, cursor, place, event) {
  const tip = byId("tip"), lines = readings?.figure.hovers[place] || [];
  told = place;
  const known = lines.filter(({since}) => since >= 0 && since <= cursor);
  tip.replaceChildren(...(known.length ? known : lines.filter(({since}) => since < 0)).map(({text}) => {
    const row = document.createElement("div");
    row.textContent = text;
    return row;
  }));
  tip.hidden = !tip.childElementCount;
  if (!event || tip.hidden) return;
  const {width, height} = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(EDGE, Math.min(event.clientX + BESIDE, innerWidth - width - EDGE))}px`;
  tip.style.top = `${Math.max(EDGE, Math.min(event.clientY + BESIDE, innerHeight - height - EDGE))}px`;
}

/**
 * Marks a place everywhere; in the picture it can be chosen as soon as there is something to tell.
 * @param {string} at
 * @param {boolean} isChoosable
 */
export function mark(at, isChoosable) {
  marked = at;
  found("network")?.classList.toggle("choosable", Boolean(isChoosable && at));
  for (const node of all(".pointed")) node.classList.remove("pointed");
  const within = at ? "" : ":is(#table, #practice .hint) ";
  for (const place of at ? [at] : asked) {
    for (const node of all(`${within}[data-at="${CSS.escape(place)}"]`)) node.classList.add("pointed");
  }
}

/**
 * What was marked and told stays so at another cursor; what is asked about is marked where more is not released.
 * @param {Answer} readings
 * @param {number} cursor
 */
export function renew(readings, cursor) {
  asked = cursor === readings.released ? readings.figure.asked ?? [] : [];
  mark(marked, true);
  if (told) tell(readings, cursor, told);
}

/**
 * @param {Answer} readings
 * @param {number} cursor
 * @param {string} at
 */
export function point(readings, cursor, at) {
  if (at === pointed) return;
  pointed = at;
  mark(at, false);
  move(readings, cursor);
}
