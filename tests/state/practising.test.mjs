import assert from "node:assert/strict";
import {test} from "node:test";

import {BEGUN, asked, begun, did, inAddress, met, next, resumed, tasks} from "../../assets/state/practising.mjs";

const HINT = {deed: "hint", step: "h1", numbers: {}};

const TASK = {way: "step", assignment: "", number: 0, task: "a"};

test("who does not practise asks for nothing", () => {
  assert.equal(asked(BEGUN, "{}"), null);
  assert.deepEqual(met(did(begun("step", "", 0), HINT, 0), null, 5), BEGUN);
  assert.deepEqual(inAddress(BEGUN), {});
});

test("what is done is kept with the seconds since the task was begun", () => {
  const state = did(met(begun("step", "", 0), TASK, 1000), HINT, 4400);
  assert.deepEqual(asked(state, "{}"), {...TASK, log: [{...HINT, at: 3}], record: "{}"});
  assert.equal(did(state, HINT, 0).log[1].at, 0);
});

test("other numbers are another task", () => {
  const state = did(met(begun("step", "", 0), TASK, 0), HINT, 0);
  assert.deepEqual(met(state, TASK, 9).log.length, 1);
  assert.deepEqual(met(state, {...TASK, task: "b"}, 9), {...BEGUN, way: "step", task: "b", since: 9});
});

test("a task goes on where it was left, in its own way", () => {
  const state = did(met(begun("step", "", 0), TASK, 0), HINT, 0);
  assert.equal(resumed({practice: "step"}, state, 9), state);
  assert.deepEqual(resumed({practice: "line"}, state, 9), begun("line", "", 9));
  assert.deepEqual(resumed({}, state, 9), BEGUN);
  assert.deepEqual(resumed({assignment: "step-2-7-3"}, state, 9), begun("", "step-2-7-3", 9));
});

test("an assignment goes from task to task, and keeps what was done", () => {
  const given = {...TASK, assignment: "step-2-7-3"};
  const first = did(met(begun("", "step-2-7-3", 0), given, 0), HINT, 0), second = next(first, {w1: "2"}, 5);
  assert.deepEqual([second.number, second.log, second.done], [1, [], [{texts: {w1: "2"}, log: first.log}]]);
  assert.deepEqual(inAddress(second), {assignment: "step-2-7-3"});
  assert.deepEqual(met(second, {...given, number: 1, task: "b"}, 6).done, second.done);
  assert.deepEqual(tasks(second, {w1: "3"}).at(-1), {texts: {w1: "3"}, log: []});
});
