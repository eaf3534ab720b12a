/* Dragging a number in the picture, or moving its slider: what is under the pointer becomes the text of its field. */

import * as display from "./renderer/display.mjs";
import * as fields from "./renderer/fields.mjs";
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
function under({reach, step}, event) {
  const axis = graph()._fullLayout.xaxis;
  const across = (event.clientX - graph().getBoundingClientRect().left) / display.scale(graph());
  const x = axis.p2d(across - axis._offset);
  return String(Number((Math.round(Math.max(-reach, Math.min(reach, x)) / step) * step).toFixed(6)));
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

/**
 * Hears of pointers in the picture; ``page`` has what may be dragged, if anything may.
 * @param {{drag: () => Drag | null, isAsking: () => boolean, ask: () => void}} page
 */
export function listen(page) {
  /** @type {PointerEvent | null} */
  let from = null;
  let isDragging = false;

  document.addEventListener("pointerdown", (event) => {
    const isOurs = page.drag() && event.isPrimary && event.button === 0 && event.target instanceof Element;
    isDragging = Boolean(isOurs && /** @type {Element} */ (event.target).closest("#network .nsewdrag"));
    from = event.pointerType === "touch" ? event : null; // a finger may be about to scroll the page
  }, true);

  /** @param {PointerEvent} event */
  function onDrag(event) {
    const drag = page.drag();
    if (from && event.type === "pointermove" && Math.abs(event.clientX - from.clientX) < SLACK) return;
    from = null;
    if (isDragging && drag) move(drag.field, under(drag, event), page);
    if (event.type !== "pointermove") isDragging = false;
  }

  document.addEventListener("pointermove", onDrag, true);
  document.addEventListener("pointerup", onDrag, true);
  document.addEventListener("pointercancel", () => { isDragging = false; }, true);
}
