import assert from "node:assert/strict";
import {test} from "node:test";

import {answer, frozen} from "./answers.mjs";
import {areAlike, beyond, isFor, wanted} from "../../assets/state/ahead.mjs";
import {BEGUN, reduce} from "../../assets/state/player.mjs";

const HAND = {typed: {texts: {}, until: 0, latest: ""}, touched: [], isDown: false};

/** What comes of events, one after the other: the state, and the effects of the last one. */
const after = (state, ...events) => events.reduce(
  ([before], event) => {
    const [next, effects] = reduce(before, frozen({hand: HAND, ...event}));
    return [frozen(next), effects];
  },
  [frozen(state), []],
);

const press = (name) => ({kind: "press", name});
const shown = (more) => [
  {kind: "answer", answer: answer(more), file: null},
  ...["laid out", "drawn", "told", "settled"].map((kind) => ({kind, isOutdated: false})),
];
const opened = (more) => after(BEGUN, {kind: "travel", more: {}}, ...shown({serial: 1, ...more}))[0];
const placeOf = ({iteration, step}) => `${iteration}:${step}`;

test("what follows the views that are there is asked for once, and only after a press", () => {
  const begun = opened({released: 4});
  assert.equal(wanted(begun), null);
  assert.deepEqual(after(begun, {kind: "rest"})[1], []);
  const [pressed] = after(begun, press("forward"));
  assert.deepEqual(wanted(pressed), {iteration: 1, cursor: 5});
  const [rested, effects] = after(pressed, {kind: "rest"});
  assert.deepEqual(effects.map(({kind}) => kind), ["ask ahead"]);
  assert.equal(placeOf(effects[0]), "1:5");
  assert.deepEqual([rested.asked, rested.serial, rested.goal], [null, 1, {iteration: 1, cursor: 1}]);
  assert.equal(wanted(rested), null);
  assert.deepEqual(after(rested, press("forward"), {kind: "rest"})[1], []);
});

test("it is where a reader goes who goes on as lately", () => {
  const forward = answer({first: 0, released: 4}), end = answer({iteration: 2, first: 3, released: 7});
  const last = answer({isLast: true});
  assert.deepEqual(beyond(forward, ["forward"]), {iteration: 1, cursor: 5});
  assert.deepEqual(beyond(end, ["step"]), {iteration: 3, cursor: 1});
  assert.deepEqual(beyond(end, ["previous", "step"]), {iteration: 2, cursor: 2});
  assert.deepEqual(beyond(answer({iteration: 2}), ["previous"]), {iteration: 1, cursor: 7});
  assert.deepEqual(beyond(end, ["next", "step"]), {iteration: 3, cursor: 1});
  assert.deepEqual(beyond(end, ["next", "next"]), {iteration: 3, cursor: 0});
  assert.equal(beyond(forward, ["previous"]), null);
  assert.equal(beyond(last, ["forward"]), null);
  assert.equal(beyond(last, ["next", "next"]), null);
});

test("nothing is asked ahead while anything is asked or typed, or the server is away", () => {
  const [pressed] = after(opened({released: 4}), press("forward"));
  assert.equal(wanted(after(pressed, {kind: "type"})[0]), null);
  assert.equal(wanted(after(pressed, {kind: "ask"})[0]), null);
  assert.deepEqual(after(pressed, {kind: "rest", hand: {...HAND, isDown: true}})[1], []);
  const [failed] = after(pressed, {kind: "ask"}, {kind: "unanswered", serial: 2, isSlice: false});
  assert.equal(wanted(failed), null);
});

test("after an edit it is asked for anew", () => {
  const [rested] = after(opened({released: 4}), press("forward"), {kind: "rest"});
  const [edited] = after(rested, {kind: "ask"}, ...shown({serial: 2, cursor: 1, released: 4}));
  assert.deepEqual(wanted(edited), {iteration: 1, cursor: 5});
});

test("what is typed and refused is asked ahead too, so that the answer is the one that a press would get", () => {
  const hand = {...HAND, typed: {texts: {w1: "abc"}, until: 1, latest: "w1"}};
  const [pressed] = after(opened({released: 4}), press("forward"));
  assert.deepEqual(after(pressed, {kind: "rest", hand})[1][0].entry.texts, {w1: "abc"});
});

test("an answer that was asked ahead for another step leaves the reader where they want to be", () => {
  const [asking] = after(opened({released: 7}), press("next"));
  assert.deepEqual(asking.asked.place, {iteration: 2, cursor: 0});
  const [come, ...events] = shown({serial: 2, iteration: 2, cursor: 1, released: 4});
  const [state, effects] = after(asking, {...come, isAhead: true}, ...events.slice(0, 2));
  assert.deepEqual(state.goal, {iteration: 2, cursor: 0});
  assert.deepEqual(effects, [{kind: "paint", cursor: 0, animate: true}]);
  assert.deepEqual(after(asking, come)[0].goal, {iteration: 2, cursor: 1});
});

const REQUEST = {serial: 3, iteration: "2", step: "1", typed: {}, kept: {w1: "1"}, theme: "dark", room: [700, 400]};

test("only a request that is the same in all but its step is answered by what was asked ahead", () => {
  assert.ok(areAlike(REQUEST, {...REQUEST, serial: 4, step: "5"}));
  const others = {
    iteration: "3", typed: {w1: "2"}, kept: {w1: "2"}, theme: "light", room: [690, 400], chosen: "weight-1-0-0",
  };
  for (const [part, value] of Object.entries(others)) {
    assert.ok(!areAlike(REQUEST, {...REQUEST, [part]: value}), part);
  }
});

test("an answer is used only where it has what is to be shown", () => {
  const found = answer({iteration: 2, first: 0, released: 4});
  assert.ok(isFor(found, REQUEST));
  assert.ok(isFor(found, {...REQUEST, step: "0"}));
  assert.ok(!isFor(found, {...REQUEST, step: "5"}));
  assert.ok(!isFor(found, {...REQUEST, iteration: "3"}));
});
