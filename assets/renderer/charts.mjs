/* Charts: the loss of a run, what was learned, the loss surface, and the picture of another run. */

import * as display from "./display.mjs";
import {byId, graph, select, setText} from "./nodes.mjs";
import {drawn} from "./picture.mjs";
import {reach} from "./step.mjs";

/** @import {Answer, Chart, Choice, Ground, Learned, OtherPicture} from "protocol" */

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
export function understanding({mark, learned, ground, beside}) {
  byId("training").hidden = !mark;
  byId("other-card").hidden = !beside;
  if (beside) showOther(beside);
  if (learned) showLearned(learned);
  if (ground) showGround(ground);
}

/** @param {OtherPicture} other */
function showOther({title, meta, data, layout}) {
  setText(byId("other-title"), title);
  setText(byId("other-meta"), meta);
  byId("other-picture").hidden = !data;
  byId("other-picture").setAttribute("aria-label", title);
  if (data && layout) plot("other", {data, layout}).then(reach);
}

/** @param {Learned} learned */
function showLearned({words, figure, label, html}) {
  setText(byId("learned-words"), words);
  byId("learned-picture").hidden = !figure;
  byId("learned-picture").setAttribute("aria-label", label);
  byId("learned-table").innerHTML = html;
  byId("learned-table").hidden = !html;
  if (figure) plot("learned", figure);
}

/** @param {Ground} ground */
function showGround({words, figure, label, options: choices, pair: [across, up]}) {
  setText(byId("ground-words"), words);
  byId("ground-picture").hidden = !figure;
  byId("ground-picture").setAttribute("aria-label", label);
  options(select("ground-across"), choices, across);
  options(select("ground-up"), choices, up);
  if (figure) plot("ground", figure);
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
export const pair = () => `${select("ground-across").value} ${select("ground-up").value}`;

/**
 * Who chooses for one axis what the other has exchanges the two.
 * @param {HTMLSelectElement} chosen
 */
export function exchange(chosen) {
  const other = select(chosen.id === "ground-up" ? "ground-across" : "ground-up");
  if (other.value === chosen.value) other.value = chosen.dataset.had ?? "";
  for (const axis of [chosen, other]) axis.dataset.had = axis.value;
}
