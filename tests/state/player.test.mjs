import assert from "node:assert/strict";
import {test} from "node:test";

import {answer, frozen} from "./answers.mjs";
import {BEGUN, isInAddress, reduce} from "../../assets/state/player.mjs";

const NOTHING = {typed: {texts: {}, until: 0, latest: ""}, touched: [], isDown: false};
const hand = (id, text) => ({typed: {texts: {[id]: text}, until: 1, latest: id}, touched: [id], isDown: false});

/** A player, to which things happen one after the other: its states, and the effects of the last event. */
class Player {
  state = frozen(BEGUN);
  effects = [];

  does(kind, event = {}) {
    const [state, effects] = reduce(this.state, frozen({kind, hand: NOTHING, ...event}));
    this.state = frozen(state);
    this.effects = effects;
    return this;
  }

  kinds() {
    return this.effects.map(({kind}) => kind);
  }

  sent() {
    return this.effects.filter(({kind}) => kind === "send").map(({iteration, step}) => `${iteration}:${step}`);
  }

  /** The server answers what is asked, at the place that was asked for, and the page shows it. */
  gets(more = {}) {
    const {serial, place} = this.state.asked;
    this.does("answer", {answer: answer({...place, ...more, serial}), file: {a: "file"}});
    const effects = [...this.effects];
    for (const kind of ["laid out", "drawn", "told", "settled"]) {
      this.does(kind, {isOutdated: false});
      effects.push(...this.effects);
    }
    this.effects = effects;
    return this;
  }

  at() {
    return [this.state.goal.iteration, this.state.goal.cursor, this.state.painted];
  }
}

const opened = (more = {}) =>
  new Player().does("travel", {more: {kept: null, iteration: "1", step: "0"}, own: null}).gets(more);
const press = (player, ...names) => names.reduce((one, name) => one.does("press", {name}), player);

test("a link is asked for, and its answer painted", () => {
  const player = new Player().does("travel", {more: {kept: null, iteration: "2", step: "3"}, own: null});
  assert.deepEqual(player.sent(), ["2:3"]);
  assert.equal(isInAddress(player.state), false);
  player.gets();
  assert.deepEqual(player.at(), [2, 3, 3]);
  assert.deepEqual(player.kinds(), ["taken", "meet", "paint", "ready"]);
  assert.equal(isInAddress(player.state), true);
});

test("a step of the passes that are there is painted at once, any other place is asked for", () => {
  const player = press(opened(), "forward");
  assert.deepEqual(player.effects, [{kind: "paint", cursor: 1, animate: true}]);
  assert.deepEqual(press(player, "next").sent(), ["2:0"]);
  assert.deepEqual(player.gets().at(), [2, 0, 0]);
});

test("presses while the server is asked start where its answer leaves the reader", () => {
  const player = press(opened(), "next", "forward", "forward");
  assert.deepEqual(player.sent(), []);
  assert.deepEqual(player.gets().at(), [2, 2, 2]);
  const elsewhere = press(opened(), "next", "forward").gets({iteration: 5, cursor: 3});
  assert.deepEqual(elsewhere.at(), [5, 4, 4]);
});

test("a press on a button that is off says why, at once or when the answer is there", () => {
  assert.deepEqual(press(opened(), "backward").effects, [{kind: "nudge", name: "backward"}]);
  const player = press(opened(), "next", "backward").gets();
  assert.ok(player.effects.some(({kind, name}) => kind === "nudge" && name === "backward"));
  assert.equal(player.state.denied, "");
});

test("what is asked goes one by one, and what is typed last stands for what was typed before it", () => {
  const player = opened().does("ask", {hand: hand("w1", "2")});
  player.does("ask", {hand: hand("w2", "3")}).does("ask", {hand: hand("w2", "31")});
  assert.deepEqual(player.sent(), []);
  assert.deepEqual(player.state.queue.map(({texts}) => texts), [{w2: "31"}]);
  player.gets();
  assert.equal(player.state.asked.entry.texts.w2, "31");
  assert.deepEqual(player.gets().state.queue, []);
});

test("a button that is pressed again counts twice, but once while the server is away", () => {
  const more = {action: "add-layer"};
  const player = opened().does("ask", {more}).does("ask", {more}).does("ask", {more});
  assert.equal(player.state.queue.length, 2);
  const away = opened().does("ask").does("ask", {more}).does("ask", {more, hand: {...NOTHING, isDown: true}});
  assert.equal(away.state.queue.length, 1);
});

test("moves after an edit belong to it", () => {
  const player = opened().does("ask", {hand: hand("w1", "2")}).does("ask", {more: {action: "add-layer"}});
  press(player, "forward", "forward");
  assert.deepEqual(player.state.queue[0].moves.map(({to}) => to), ["forward", "forward"]);
  assert.deepEqual(player.state.asked.entry.moves, []);
  assert.deepEqual(player.gets().at().slice(0, 2), [1, 2]);
  assert.deepEqual(player.gets().at(), [1, 2, 2]);
});

test("what is typed counts before a press", () => {
  const player = opened().does("type");
  assert.deepEqual(player.effects, [{kind: "await typing"}]);
  press(player, "forward");
  assert.equal(player.state.isTyping, false);
  assert.deepEqual(player.sent(), ["1:0"]);
  assert.deepEqual(player.gets().at(), [1, 1, 1]);
});

test("what was not answered is asked again, at the place where the reader wanted to be", () => {
  const player = press(opened(), "next");
  player.does("unanswered", {serial: player.state.serial, isSlice: false});
  assert.equal(player.state.asked, null);
  assert.deepEqual(player.at(), [1, 0, 0]);
  assert.deepEqual(player.does("again").sent(), ["2:0"]);
  assert.deepEqual(player.gets().at(), [2, 0, 0]);
});

test("who goes elsewhere while the server is away is not taken to the place that was missed", () => {
  const player = press(opened(), "next");
  player.does("unanswered", {serial: player.state.serial, isSlice: false});
  press(player, "forward");
  assert.deepEqual(player.at(), [1, 1, 1]);
  assert.deepEqual(player.does("again").sent(), ["1:1"]);
});

test("an edit that was not answered is asked before a move that needs its answer", () => {
  const player = opened({released: 0}).does("ask", {hand: hand("w1", "2")});
  player.does("unanswered", {serial: player.state.serial, isSlice: false});
  player.does("press", {name: "forward", hand: hand("w1", "2")});
  assert.deepEqual(player.sent(), ["1:0"]);
  assert.deepEqual(player.gets().at(), [1, 1, 1]);
});

test("what was refused is not asked again", () => {
  const player = opened().does("ask", {hand: hand("w1", "2")}).does("ask", {more: {action: "add-layer"}});
  player.does("refused", {serial: player.state.serial, isSlice: false});
  assert.deepEqual([player.state.asked, player.state.queue], [null, []]);
  assert.deepEqual(player.kinds(), ["forget drag"]);
  assert.deepEqual(player.does("again").kinds(), ["training again"]);
});

test("a failure of a request of before changes nothing", () => {
  const player = press(opened(), "next"), {state} = player;
  assert.deepEqual(player.does("unanswered", {serial: state.serial - 1, isSlice: false}).state, state);
  assert.deepEqual(player.does("refused", {serial: state.serial - 1, isSlice: false}).state, state);
});

test("a slice that comes to nothing is told to training, and the page asks so that it hears of the server again", () => {
  const player = opened().does("unanswered", {serial: 9, isSlice: true});
  assert.deepEqual(player.effects, [{kind: "training failed", isLater: true}]);
  assert.equal(player.state.queue.length, 1);
});

test("going back in the history forgets what was under way", () => {
  const player = opened().does("ask", {hand: hand("w1", "2")}).does("ask", {more: {action: "add-layer"}});
  player.does("when settled", {action: {kind: "training"}});
  player.does("travel", {more: {kept: null, iteration: "3", step: "1"}});
  assert.deepEqual([player.state.queue, player.state.waiting], [[], []]);
  assert.deepEqual(player.sent(), ["3:1"]);
  assert.deepEqual(player.gets().at(), [3, 1, 1]);
});

test("Play steps until the end, waits for answers, and is ended by any other press", () => {
  const player = press(opened(), "play");
  assert.deepEqual([player.state.isPlaying, player.at()], [true, [1, 1, 1]]);
  for (let tick = 0; tick < 5; tick += 1) player.does("tick");
  assert.deepEqual([player.state.isPlaying, player.at()], [true, [1, 6, 6]]);
  assert.deepEqual([player.does("tick").state.isPlaying, player.at()], [false, [1, 7, 7]]);
  assert.equal(press(press(opened(), "play"), "previous").state.isPlaying, false);
  assert.equal(press(opened(), "play", "play").state.isPlaying, false);
  const asking = press(opened({released: 0}), "play");
  assert.deepEqual(asking.does("tick").effects, []);
});

test("the story of a place is told until it is chosen again; a row with a goal leads there", () => {
  const player = opened().does("choose", {at: "w1"});
  assert.equal(player.state.chosen, "w1");
  assert.equal(player.gets().does("choose", {at: "w1"}).state.chosen, "");
  const rows = opened({goals: {"row-1": {iteration: 1, cursor: 6}}}).does("choose", {at: "row-1"});
  assert.deepEqual(rows.at(), [1, 6, 6]);
  assert.deepEqual(rows.kinds(), ["paint", "show step card"]);
});

test("another example begins without a story", () => {
  const player = opened().does("choose", {at: "w1"}).gets().does("edit", {isOther: true});
  assert.equal(player.state.chosen, "");
});

test("what waits is done once nothing is asked and nothing typed", () => {
  const action = {kind: "training", name: "train"};
  assert.deepEqual(opened().does("when settled", {action}).effects, [{kind: "do", action}]);
  const typing = opened().does("type").does("when settled", {action});
  assert.deepEqual(typing.kinds(), ["send"]);
  assert.deepEqual(typing.gets().effects.at(-1), {kind: "do", action});
  assert.deepEqual(typing.state.waiting, []);
});

test("a network of one's own is remembered as it was left", () => {
  const own = opened({settings: {preset: "own"}, kept: {w1: "7"}});
  assert.deepEqual(own.state.own, {w1: "7"});
  own.does("ask").gets({settings: {preset: "and"}});
  assert.deepEqual(own.state.own, {a: "file"});
});

test("what replaces much begins another entry of the history, unless the history brought it", () => {
  assert.equal(opened({replaces: true}).kinds().includes("new entry"), false);
  assert.equal(opened().does("ask").gets({replaces: true}).kinds()[0], "new entry");
});

test("a picture that is drawn for another room is asked for anew", () => {
  const player = opened().does("drawn", {isOutdated: true});
  assert.deepEqual(player.sent(), ["1:0"]);
  assert.deepEqual(player.does("look").sent(), []);
  assert.deepEqual(player.gets().does("look").sent(), ["1:0"]);
});

test("a run that is opened is asked for at its place", () => {
  const player = opened().does("open", {texts: {w1: "9"}, iteration: 8, cursor: 2});
  assert.deepEqual(player.sent(), ["8:2"]);
  assert.deepEqual(player.state.asked.entry.more.kept, {w1: "9"});
});
