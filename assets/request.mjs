/* The request: what the page asks of the server, from its state, its fields and its sizes. */

import * as practice from "./practice.mjs";
import * as display from "./renderer/display.mjs";
import * as fields from "./renderer/fields.mjs";
import * as panels from "./renderer/panels.mjs";
import * as trainer from "./trainer.mjs";

/** @import {PageRequest} from "protocol" */
/** @import {Effect, State} from "./state/player.mjs" */

export const lesson = () => document.documentElement.dataset.lesson ?? "";

/**
 * What is asked of the server, if it is asked now.
 * @param {Readonly<State>} state
 * @param {Extract<Effect, {kind: "send" | "ask ahead"}>} effect
 * @returns {PageRequest}
 */
export function request(state, {serial, entry, iteration, step, from}) {
  const {isTravel, ...more} = entry.more;
  return {
    serial,
    typed: fields.untaken(entry.texts),
    kept: state.readings && state.readings.kept,
    repeated: [],
    iteration,
    step,
    theme: display.theme(),
    room: display.room(),
    action: "",
    payload: "",
    chosen: state.chosen,
    checked: state.isChecked ? "yes" : "",
    panels: panels.present(),
    ...trainer.wanted(from),
    lesson: lesson(),
    practice: practice.asked(),
    ...more,
  };
}
