/* Dragging a number in the picture, or moving its slider: what is under the pointer becomes the text of its field. */

import * as display from "./renderer/display.mjs";
import * as fields from "./renderer/fields.mjs";
import * as picture from "./renderer/picture.mjs";
import {all, graph, input} from "./renderer/nodes.mjs";

/** @import {Drag} from "protocol" */

const SLACK = 8; // pixels

/** @type {{field: string, text: string} | null} */
let moved = null;

/**
 * The number on the horizontal axis under the pointer, as a text that a field may hold.
 * @param {Drag} drag
 * @param {PointerEvent} event
 */
function under({least, most, step}, event) {
  const axis = graph()._fullLayout.xaxis, x = axis.p2d(across(event) - axis._offset);
  return String(Number((Math.round(Math.max(least, Math.min(most, x)) / step) * step).toFixed(6)));
}

/**
 * How far a pointer is from the left of the picture, in pixels of the picture.
 * @param {PointerEvent} event
 */
const across = ({clientX}) => (clientX - graph().getBoundingClientRect().left) / display.scale(graph());

/**
 * Whether a pointer may take hold of what may be moved.
 * @param {Drag} drag
 * @param {PointerEvent} event
 */
function isWithinGrip({grip, at}, event) {
  const axis = graph()._fullLayout.xaxis, away = Math.abs(across(event) - axis._offset - axis.d2p(at));
  return grip === null || away * display.scale(graph()) <= grip;
}

/**
 * While the server is asked, only the last place moved to is remembered, and asked for next.
 * @param {string} field
 * @param {string} text
 * @param {{isAsking: () => boolean, ask: () => void}} page
 */
export function move(field, text, page) {
  const isAsking = page.isAsking();
  moved = isAsking ? {field, text} : null;
  if (isAsking || input(field).value === text) return;
  fields.put(field, text);
  page.ask();
}

/** @param {{isAsking: () => boolean, ask: () => void}} page */
export function again(page) {
  if (moved) move(moved.field, moved.text, page);
}

export function forget() {
  moved = null;
}

/**
 * An answer sets the sliders, except where a hand has moved one further.
 * @param {Drag | undefined} drag
 */
export function settle(drag) {
  for (const slider of all("[data-moves]")) {
    const {moves = ""} = slider.dataset, isFurther = moved?.field === moves && moved.text !== input(moves).value;
    if (drag && !isFurther && !fields.isTouched(moves)) fields.slide(slider.id, drag.at);
  }
}

/** @param {PointerEvent} event */
const isInPicture = ({target}) => target instanceof Element && target.closest("#network .nsewdrag") !== null;

/**
 * Hears of pointers in the picture; ``page`` has what may be dragged, if anything may.
 * @param {{drag: () => Drag | null, isAsking: () => boolean, ask: () => void}} page
 */
export function listen(page) {
  /** @type {PointerEvent | null} */
  let from = null;
  let isDragging = false;

  document.addEventListener("pointerdown", (event) => {
    const drag = page.drag(), isOurs = drag && event.isPrimary && event.button === 0 && isInPicture(event);
    isDragging = Boolean(isOurs && isWithinGrip(drag, event));
    // a finger may be about to scroll the page, and what is taken hold of may be but clicked
    from = event.pointerType === "touch" || drag?.grip ? event : null;
  }, true);

  /** @param {PointerEvent} event */
  function onDrag(event) {
    const drag = page.drag(), isMove = event.type === "pointermove";
    if (isMove && !isDragging && drag && isInPicture(event)) picture.hold(isWithinGrip(drag, event));
    if (from && isMove && Math.abs(event.clientX - from.clientX) < SLACK) return;
    if (isDragging && drag && !(from && drag.grip && !isMove)) move(drag.field, under(drag, event), page);
    from = null;
    if (!isMove) isDragging = false;
  }

  document.addEventListener("pointermove", onDrag, true);
  document.addEventListener("pointerup", onDrag, true);
  document.addEventListener("pointercancel", () => { isDragging = false; }, true);
}
