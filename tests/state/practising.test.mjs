import assert from "node:assert/strict";
import {test} from "node:test";

import {BEGUN, asked, begun, did, met, resumed} from "../../assets/state/practising.mjs";

const HINT = {deed: "hint", step: "h1", numbers: {}};

test("who does not practise asks for nothing", () => {
  assert.equal(asked(BEGUN, "{}"), null);
  assert.deepEqual(met(did(begun("step", 0), HINT, 0), null, 5), BEGUN);
});

test("what is done is kept with the seconds since the task was begun", () => {
  const state = did(met(begun("step", 0), {way: "step", task: "a"}, 1000), HINT, 4400);
  assert.deepEqual(asked(state, "{}"), {way: "step", task: "a", log: [{...HINT, at: 3}], record: "{}"});
  assert.equal(did(state, HINT, 0).log[1].at, 0);
});

test("other numbers are another task", () => {
  const state = did(met(begun("step", 0), {way: "step", task: "a"}, 0), HINT, 0);
  assert.deepEqual(met(state, {way: "step", task: "a"}, 9).log.length, 1);
  assert.deepEqual(met(state, {way: "step", task: "b"}, 9), {way: "step", task: "b", log: [], since: 9});
});

test("a task goes on where it was left, in its own way", () => {
  const state = did(met(begun("step", 0), {way: "step", task: "a"}, 0), HINT, 0);
  assert.equal(resumed("step", state, 9), state);
  assert.deepEqual(resumed("line", state, 9), begun("line", 9));
  assert.deepEqual(resumed("", undefined, 9).way, "");
});
