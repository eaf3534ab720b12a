/* Charts: the loss of a run, what was learned, the loss surface, and the picture of another run. */

import * as display from "./display.mjs";
import * as own from "./own_numbers.mjs";
import {byId, graph, select, setText} from "./nodes.mjs";
import {drawn} from "./picture.mjs";
import {reach} from "./step.mjs";

/** @import {Answer, Chart, Choice, LossSurface, Predictions, OtherPicture} from "protocol" */

/** @param {PlotlyGraph} chart */
const isFresh = (chart) => !chart._fullLayout;

/**
 * A chart is made where it is first shown; one that has no width of its own is as wide as its place.
 * @param {string} id
 * @param {Chart} chart
 */
export async function plot(id, {data, layout}) {
  await drawn();
  const frame = byId(id), chart = /** @type {PlotlyGraph} */ (frame.firstElementChild);
  if (layout.width) display.size(id, layout.width, layout.height, 0); else frame.style.height = `${layout.height}px`;
  if (!layout.width && isFresh(chart)) new ResizeObserver(() => widen(chart)).observe(frame);
  await window.Plotly.react(chart, data, layout, graph()._context);
  return chart;
}

/** @param {PlotlyGraph} chart */
function widen(chart) {
  if (isFresh(chart) || !chart.clientWidth || chart.clientWidth === chart._fullLayout.width) return;
  window.Plotly.Plots.resize(chart);
}

/**
 * What was learned, the loss surface, and the other run: only where the page shows them.
 * @param {Answer} answer
 */
export function understanding({checkpoint, predictions, loss_surface, numbers, beside}) {
  byId("training").hidden = !checkpoint;
  byId("other-card").hidden = !beside;
  own.show(numbers);
  if (beside) showOther(beside);
  if (predictions) showPredictions(predictions);
  if (loss_surface) showLossSurface(loss_surface);
}

/** @param {OtherPicture} other */
function showOther({title, meta, data, layout}) {
  setText(byId("other-title"), title);
  setText(byId("other-meta"), meta);
  byId("other-picture").hidden = !data;
  byId("other-picture").setAttribute("aria-label", title);
  if (data && layout) plot("other", {data, layout}).then(reach);
}

/** @param {Predictions} predictions */
function showPredictions({words, figure, label, html}) {
  setText(byId("predictions-words"), words);
  byId("predictions-picture").hidden = !figure;
  byId("predictions-picture").setAttribute("aria-label", label);
  byId("predictions-table").innerHTML = html;
  byId("predictions-table").hidden = !html;
  if (figure) plot("predictions", figure);
}

/** @param {LossSurface} loss_surface */
function showLossSurface({words, figure, label, options: choices, pair: [across, up]}) {
  setText(byId("loss-surface-words"), words);
  byId("loss-surface-picture").hidden = !figure;
  byId("loss-surface-picture").setAttribute("aria-label", label);
  options(select("loss-surface-across"), choices, across);
  options(select("loss-surface-up"), choices, up);
  if (figure) plot("loss-surface", figure);
}

/**
 * @param {HTMLSelectElement} node
 * @param {Choice[]} choices
 * @param {string | undefined} chosen
 */
function options(node, choices, chosen) {
  node.replaceChildren(...choices.map(({value, name}) => new Option(name, value, false, value === chosen)));
  node.dataset.had = chosen;
}

/** The two parameters whose loss surface is shown. */
export const pair = () => `${select("loss-surface-across").value} ${select("loss-surface-up").value}`;

/**
 * Who chooses for one axis what the other has exchanges the two.
 * @param {HTMLSelectElement} chosen
 */
export function exchange(chosen) {
  const other = select(chosen.id === "loss-surface-up" ? "loss-surface-across" : "loss-surface-up");
  if (other.value === chosen.value) other.value = chosen.dataset.had ?? "";
  for (const axis of [chosen, other]) axis.dataset.had = axis.value;
}
