/* Answers as the server gives them, as far as the states look at them: two passes, of four and of three steps. */

const STEPS = 7, FORWARD_END = 4;

/** The refusals of a cursor, as a lesson with another iteration after this one has them. */
function refusals(iteration, cursor, isLast) {
  const off = {};
  if (cursor >= FORWARD_END && cursor < STEPS) off.forward = "done";
  if (cursor < FORWARD_END || cursor === STEPS) off.backward = "waits";
  if (isLast) off.next = "last";
  if (isLast && cursor === STEPS) off.forward = off.play = "last";
  if (cursor === 0 && iteration === 1) off.previous = off.restart = "start";
  return off;
}

/** An answer with all views of an iteration, or with those that are named. */
export function answer({iteration = 1, cursor = 0, first = 0, released = STEPS, isLast = false, ...more} = {}) {
  const cursors = Array.from({length: released - first + 1}, (_, at) => first + at);
  return {
    serial: 1,
    iteration,
    cursor,
    first,
    released,
    steps: STEPS,
    plays_on: false,
    phases: [{name: "forward", label: "Forward", steps: 4}, {name: "gradients", label: "Gradients", steps: 3}],
    views: cursors.map((at) => ({refusals: refusals(iteration, at, isLast)})),
    goals: {},
    settings: {},
    kept: {w1: "1"},
    incomplete: "",
    replaces: false,
    checkpoint: {iteration, packed: `p${iteration}`},
    run: "one",
    opened: false,
    beyond: 0,
    trained: 0,
    other: null,
    ...more,
  };
}

/** Freezes all of a state, so that a reducer that changed it would fail. */
export function frozen(value) {
  if (value && typeof value === "object" && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
