import assert from "node:assert/strict";
import {test} from "node:test";

import {answer} from "./answers.mjs";
import {holds, isHere, isOver, knowsLoss, target, wayOf} from "../../assets/state/moves.mjs";

const place = (iteration, cursor) => ({iteration, cursor});
const go = (to, from, readings = answer(), more = {}) => target(readings, from, {to, name: "", ...more});

test("forward stops at the end of its pass, and goes on into the next iteration from the end", () => {
  assert.deepEqual(go("forward", place(1, 3)), place(1, 4));
  assert.equal(go("forward", place(1, 4)), null);
  assert.deepEqual(go("forward", place(1, 7)), place(2, 1));
  assert.equal(go("forward", place(1, 7), answer({isLast: true})), null);
});

test("backward begins where forward ends", () => {
  assert.equal(go("backward", place(1, 3)), null);
  assert.deepEqual(go("backward", place(1, 4)), place(1, 5));
  assert.equal(go("backward", place(1, 7)), null);
});

test("a step goes on whatever the pass", () => {
  assert.deepEqual([0, 3, 4, 6].map((cursor) => go("step", place(1, cursor)).cursor), [1, 4, 5, 7]);
});

test("previous goes back into the iteration before, but not before the first", () => {
  assert.deepEqual(go("previous", place(3, 2)), place(3, 1));
  assert.deepEqual(go("previous", place(3, 0)), place(2, 7));
  assert.equal(go("previous", place(1, 0)), null);
});

test("the others lead where they say", () => {
  assert.deepEqual(go("home", place(3, 2)), place(3, 0));
  assert.deepEqual(go("end", place(3, 2)), place(3, 7));
  assert.deepEqual(go("next", place(3, 2)), place(4, 0));
  assert.equal(go("next", place(3, 2), answer({isLast: true})), null);
  assert.deepEqual(go("restart", place(3, 2)), place(1, 0));
  assert.equal(go("restart", place(1, 0)), null);
  assert.deepEqual(go("cursor", place(3, 2), answer(), {cursor: 5}), place(3, 5));
  assert.deepEqual(go("place", place(3, 2), answer(), {iteration: 9, cursor: 1}), place(9, 1));
});

test("a row leads to its goal, if the newest answer knows one", () => {
  const readings = answer({goals: {"row-4": place(4, 2)}});
  assert.deepEqual(go("row", place(1, 0), readings, {at: "row-4"}), place(4, 2));
  assert.equal(go("row", place(1, 0), readings, {at: "row-5"}), null);
});

test("what an answer holds is at hand", () => {
  const readings = answer({iteration: 2, first: 4, released: 7});
  assert.deepEqual([3, 4, 7, 8].map((cursor) => holds(readings, cursor)), [false, true, true, false]);
  assert.equal(isHere(place(2, 5), readings), true);
  assert.equal(isHere(place(3, 5), readings), false);
  assert.deepEqual([3, 4].map((cursor) => knowsLoss(readings, cursor)), [false, true]);
});

test("Play is over at the end, unless the lesson plays on and may", () => {
  assert.equal(isOver(answer(), place(1, 6)), false);
  assert.equal(isOver(answer(), place(1, 7)), true);
  assert.equal(isOver(answer({plays_on: true}), place(1, 7)), false);
  assert.equal(isOver(answer({plays_on: true, isLast: true}), place(1, 7)), true);
});

test("only buttons that move have a way", () => {
  assert.equal(wayOf("forward"), "forward");
  assert.equal(wayOf("play"), null);
  assert.equal(wayOf("toString"), null);
});
