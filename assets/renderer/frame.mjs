/* A frame: draws what some traces become as Plotly's own animation does, without what that does beside.
 *
 * ``Plotly.animate`` makes up all attributes of all traces anew, which takes most of its time, and waits for a frame of
 * the browser. A frame changes where points are, their texts, sizes and colours and nothing else, so what Plotly made up
 * still holds, but for how many points there are; its own modules compute and draw the traces, as they do for it. Any
 * other version of Plotly than the one that this is tested with animates, as it does where a trace begins or ceases to
 * have any points.
 */

/** @import {FrameData} from "protocol" */

const TESTED = "4.1.1";
const STILL = {mode: "immediate", frame: {duration: 0, redraw: false}, transition: {duration: 0}};

let animated = 0; // frames that are under way

/**
 * @param {PlotlyGraph} graph
 * @param {FrameData} frame
 */
export function draw(graph, {data, traces}) {
  const isTested = window.Plotly.version === TESTED;
  const cartesian = isTested && graph._fullLayout?._basePlotModules?.find((/** @type {any} */ {name}) => name === "cartesian");
  const isPlain = traces.every((at, place) => isAsBefore(graph._fullData?.[at], data[place]));
  if (!cartesian || !isPlain || animated) {
    animate(graph, {data, traces});
    return;
  }
  const seen = traces.filter((at) => graph._fullData[at].visible);
  for (const at of seen) change(graph, at, data[traces.indexOf(at)]);
  cartesian.plot(graph, seen, STILL.transition);
}

/**
 * Those that follow before it is done are animated too, so that it does not undo them.
 * @param {PlotlyGraph} graph
 * @param {FrameData} frame
 */
async function animate(graph, frame) {
  animated += 1;
  try { await window.Plotly.animate(graph, frame, STILL); } catch { /* a later frame took over */ }
  animated -= 1;
}

/**
 * Whether a trace has points where it had any, and none where it had none.
 * @param {any} full
 * @param {{[name: string]: any}} becomes
 */
const isAsBefore = (full, {x}) => full?._module?.calc && full.visible === (x ?? full.x).length > 0;

/**
 * @param {PlotlyGraph} graph
 * @param {number} at
 * @param {{[name: string]: any}} becomes
 */
function change(graph, at, becomes) {
  const full = graph._fullData[at], [before] = graph.calcdata[at];
  graph.data[at] = full._input = merged(graph.data[at], becomes);
  assign(full, becomes);
  full._length = Math.min(full.x.length, full.y.length);
  const [first, ...others] = full._module.calc(graph, full);
  graph.calcdata[at] = [{...before, ...first}, ...others];
}

/** @param {any} value */
const isPart = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/**
 * One with what the other says, within their parts too.
 * @param {{[name: string]: any}} one
 * @param {{[name: string]: any}} other
 * @returns {{[name: string]: any}}
 */
function merged(one, other) {
  const both = {...one};
  for (const [name, value] of Object.entries(other)) both[name] = isPart(value) ? merged(one[name], value) : value;
  return both;
}

/**
 * @param {{[name: string]: any}} full
 * @param {{[name: string]: any}} becomes
 */
function assign(full, becomes) {
  for (const [name, value] of Object.entries(becomes)) {
    if (isPart(value) && isPart(full[name])) assign(full[name], value); else full[name] = value;
  }
}
