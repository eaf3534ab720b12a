import assert from "node:assert/strict";
import {test} from "node:test";

import {QUIET, ended} from "../../assets/state/line.mjs";

const line = (...serials) => ({...QUIET, sent: serials.map((serial) => ({serial}))});
const serials = (requests) => requests.map(({serial}) => serial);

test("an answer is that of its serial number", () => {
  const {line: left, answered, failed} = ended(line(1, 2), 2, undefined);
  assert.deepEqual([answered, serials(left.sent), failed], [{serial: 2}, [1], []]);
});

test("the only request that is under way is the one that failed", () => {
  const {line: left, answered, failed} = ended(line(3), null, 500);
  assert.deepEqual([left, answered, failed], [QUIET, null, [{of: {serial: 3}, failure: 500}]]);
});

test("of two it is known which one failed once the other is answered, or has failed too", () => {
  const first = ended(line(1, 2), null, 500);
  assert.deepEqual([serials(first.line.sent), first.failed], [[1, 2], []]);
  const answered = ended(first.line, 1, undefined);
  assert.deepEqual([answered.answered, answered.failed], [{serial: 1}, [{of: {serial: 2}, failure: 500}]]);
  assert.deepEqual(answered.line, QUIET);
  assert.deepEqual(ended(first.line, null, 413).failed.map(({of, failure}) => [of.serial, failure]), [[1, 500], [2, 413]]);
});

test("an end of nothing that is known changes nothing", () => {
  assert.deepEqual(ended(QUIET, 7, undefined), {line: QUIET, answered: null, failed: []});
  assert.deepEqual(ended(line(1), 7, undefined), {line: line(1), answered: null, failed: []});
});
