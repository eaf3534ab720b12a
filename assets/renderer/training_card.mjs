/* The card of training: its buttons and words, and the chart of the loss. */

import {plot} from "./charts.mjs";
import * as losses from "./loss_table.mjs";
import {all, byId, fold, input, select, setText} from "./nodes.mjs";
import {say} from "./words.mjs";
import {isSeen} from "../state/job.mjs";

/** @import {Measure, TrainingSlice} from "protocol" */
/** @import {State} from "../state/training.mjs" */

const FIELDS = ["train-count", "train-below", "train-goto"];
const ONE_OF_TWO = ["compare", "uncompare"];

/** @type {PlotlyGraph | null} */
let heard = null;

/** @param {Readonly<State>} state */
export function show(state) {
  const isUnderWay = isSeen(state), had = document.activeElement;
  byId("train").hidden = isUnderWay;
  byId("train-pause").hidden = byId("train-cancel").hidden = !isUnderWay;
  byId("train-progress").hidden = byId("train-live").hidden = !isUnderWay;
  setText(byId("train-pause"), say(state.job.tag === "paused" ? "training.go_on" : "training.pause"));
  setText(byId("train-live"), state.live);
  setText(byId("train-words"), state.words);
  /** @type {HTMLProgressElement} */ (byId("train-progress")).value = state.progress;
  for (const button of all("[data-count]")) button.toggleAttribute("disabled", isUnderWay);
  byId("compare").hidden = Boolean(state.other);
  byId("uncompare").hidden = !state.other;
  problems(state.problems);
  losses.show(state);
  if (had instanceof HTMLElement) refocus(had);
}

/** @param {{[field: string]: string}} found */
function problems(found) {
  for (const id of FIELDS) {
    setText(byId(`${id}-problem`), found[id] || "");
    byId(id).setAttribute("aria-invalid", String(id in found));
  }
}

/**
 * The focus of a button that is gone goes to the one in its place.
 * @param {HTMLElement} had
 */
function refocus(had) {
  if ((!had.hidden && !had.matches(":disabled")) || !had.closest("#train-card")) return;
  const heirs = ONE_OF_TWO.includes(had.id) ? ONE_OF_TWO : ["train-pause", "train"];
  byId(heirs.find((id) => !byId(id).hidden) ?? "train").focus({preventScroll: true});
}

/**
 * Draws the loss; a click on it goes to that iteration.
 * @param {TrainingSlice} slice
 * @param {(iteration: number) => void} visit
 */
export function chart({chart: drawing, curve}, visit) {
  byId("losses-none").hidden = curve.iterations.length > 0;
  plot("losses", drawing).then((graph) => {
    if (graph === heard) return;
    heard = graph;
    graph.on("plotly_click", ({points: [{customdata}]}) => { if (customdata) visit(customdata); });
  });
}

export function unfold() {
  fold("train-fold").open = true;
}

/** What is typed and chosen beside the buttons. */
export const texts = () => ({
  count: input("train-count").value,
  measure: /** @type {Measure} */ (select("train-measure").value),
  below: input("train-below").value,
  jump: input("train-goto").value,
});
