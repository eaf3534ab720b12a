import assert from "node:assert/strict";
import {test} from "node:test";

import {answer, frozen} from "./answers.mjs";
import {isSeen} from "../../assets/state/job.mjs";
import {reach} from "../../assets/state/listing.mjs";
import {end} from "../../assets/state/runs.mjs";
import {BEGUN, reduce, wanted} from "../../assets/state/training.mjs";

const PAGE = {
  iteration: 1, texts: {w1: "1"}, place: {iteration: 1, cursor: 0}, isShown: true, knowsLoss: false, isOpen: true,
  isListed: false,
  scale: "linear", theme: "light",
};

/** What a slice leaves at an iteration: the loss of all until then. */
function slice(at, more = {}) {
  const iterations = Array.from({length: at}, (_, number) => number + 1);
  const curve = {iterations, losses: iterations.map((number) => 1 / number)};
  return {problems: {}, checkpoints: [{iteration: at, packed: `p${at}`}], curve, overall: {iterations: [], losses: []},
    tested: {iterations: [], losses: []}, at,
    goal: 101, end: "goes-on", wait: 0, progress: at / 101, live: `at ${at}`, words: "", jump: 0, losses: null, chart: {}, ...more};
}

/** A trainer, to whom things happen one after the other. */
class Trainer {
  state = frozen(BEGUN);
  effects = [];
  page = PAGE;

  does(kind, event = {}) {
    const [state, effects] = reduce(this.state, frozen({kind, page: this.page, ...event}));
    this.state = frozen(state);
    this.effects = effects;
    return this;
  }

  /** The reader is at a place, whose loss they have seen or not. */
  isAt(iteration, cursor, knowsLoss = false) {
    this.page = {...this.page, iteration, place: {iteration, cursor}, knowsLoss};
    return this;
  }

  gets(at, more = {}) {
    return this.does("slice", {slice: slice(at, {...more, serial: this.state.asked?.serial})});
  }

  sent() {
    return this.effects.filter(({kind}) => kind === "send").map(({request}) => request);
  }

  visits() {
    return this.effects.filter(({kind}) => kind === "visit").map(({iteration, cursor}) => [iteration, cursor]);
  }
}

const train = {count: "100", measure: "loss", below: ""};
const shown = (more = {}) => new Trainer().does("meet", {answer: answer(more)});
const training = () => shown().does("train", train);

test("training asks for a slice after the other, from the nearest place, until its goal, where it takes the reader", () => {
  const trainer = training();
  assert.deepEqual([trainer.state.job.tag, isSeen(trainer.state)], ["running", true]);
  assert.deepEqual(trainer.sent().map(({goal, count, checkpoint}) => [goal, count, checkpoint.iteration]), [[0, "100", 1]]);
  trainer.gets(40);
  const [{goal, checkpoint, run}] = trainer.sent();
  assert.deepEqual([goal, checkpoint.iteration, run.curve.iterations.length], [101, 40, 40]);
  assert.deepEqual([trainer.state.live, trainer.state.progress], ["at 40", 40 / 101]);
  trainer.gets(101, {end: "reached", live: "", words: "Trained."});
  assert.deepEqual([trainer.state.job.tag, trainer.state.words, trainer.state.progress], ["idle", "Trained.", 0]);
  assert.deepEqual(trainer.visits(), [[101, 0]]);
});

test("what is to be below is asked for with every slice", () => {
  const trainer = shown().does("train", {count: "100", measure: "gradient", below: "0.1"});
  const asked = [...trainer.sent(), ...trainer.gets(40).sent()];
  assert.deepEqual(asked.map(({measure, below}) => [measure, below]), [["gradient", "0.1"], ["gradient", "0.1"]]);
});

/** A trainer that is trained up to iteration 101, with the list of the losses open or not. */
function trained(isListed) {
  const trainer = training().isAt(101, 0);
  trainer.page = {...trainer.page, isListed};
  return trainer.gets(101, {end: "reached"}).does("follow").gets(101, {end: "reached"});
}

const losses = (csv, begins = false) => ({csv, begins, words: csv});

test("the losses are listed where that is open, from the start and slice by slice", () => {
  assert.deepEqual(trained(false).sent(), []);
  const trainer = trained(true), [first] = trainer.sent();
  assert.deepEqual([first.lists, first.since, first.goal, first.checkpoint.iteration], [true, 1, 101, 1]);
  assert.equal(isSeen(trainer.state), false);
  trainer.gets(60, {losses: losses("a", true)});
  assert.equal(trainer.state.listing.end, 59);
  const [next] = trainer.sent();
  assert.deepEqual([next.lists, next.since, next.checkpoint.iteration], [true, 60, 60]);
  trainer.gets(101, {losses: losses("b"), end: "reached"});
  assert.deepEqual(trainer.state.listing, {key: "one", end: 101, csv: "ab", words: "b"});
  assert.deepEqual(trainer.sent().map(({lists, goal}) => [lists, goal]), [[false, null]]);
  assert.deepEqual(trainer.gets(101, {end: "reached"}).sent(), []);
});

test("what is listed is gone on with when the curve grows, and begun anew for another run", () => {
  const trainer = trained(true).gets(101, {losses: losses("a", true), end: "reached"}).gets(101, {end: "reached"});
  trainer.does("train", train).gets(201, {goal: 201, end: "reached"}).isAt(201, 0).does("follow");
  const [more] = trainer.gets(201, {end: "reached"}).sent();
  assert.deepEqual([more.lists, more.since, more.goal, more.checkpoint.iteration], [true, 102, 201, 101]);
  trainer.gets(201, {goal: 201, losses: losses("b"), end: "reached"});
  assert.deepEqual([trainer.state.listing.csv, trainer.state.listing.end], ["ab", 201]);
  trainer.isAt(1, 0).does("meet", {answer: answer({run: "two"})});
  assert.equal(reach(trainer.state.listing, trainer.state.run), 0);
  trainer.does("train", train).gets(201, {goal: 201, end: "reached"}).isAt(201, 0).does("follow");
  const [anew] = trainer.gets(201, {end: "reached"}).sent();
  assert.deepEqual([anew.lists, anew.since, anew.goal], [true, 1, 201]);
});

test("the chart does not wait for the list, which goes on from where it was", () => {
  const trainer = trained(true).gets(60, {curve: slice(101).curve, losses: losses("a", true)});
  assert.deepEqual(trainer.does("follow").sent(), []);
  assert.deepEqual(trainer.isAt(5, 0).does("follow").sent().map(({lists, goal}) => [lists, goal]), [[false, null]]);
  const [more] = trainer.gets(101, {end: "reached"}).sent();
  assert.deepEqual([more.lists, more.since, more.goal, more.checkpoint.iteration], [true, 60, 101, 60]);
});

test("who trains does not wait for the list", () => {
  const trainer = trained(true).does("train", train);
  assert.deepEqual(trainer.sent().map(({lists, count}) => [lists, count]), [[false, "100"]]);
});

test("who has gone elsewhere meanwhile stays there", () => {
  const trainer = training().isAt(1, 3).gets(101, {end: "reached"});
  assert.deepEqual(trainer.visits(), []);
});

test("a slice of another serial, or of a run that is gone, is left alone", () => {
  const trainer = training(), {state} = trainer;
  assert.deepEqual(trainer.does("slice", {slice: slice(40, {serial: state.serial - 1})}).state, state);
  trainer.does("meet", {answer: answer({run: "two"})});
  assert.deepEqual([trainer.state.job.tag, trainer.state.asked, trainer.state.run.key], ["idle", null, "two"]);
});

test("what is refused is said, and no training is under way", () => {
  const trainer = training().gets(1, {end: "refused", problems: {"train-count": "no"}});
  assert.deepEqual([trainer.state.job.tag, trainer.state.problems], ["idle", {"train-count": "no"}]);
});

/** A trainer whose next turn comes later, and the number of that turn. */
function waiting() {
  const trainer = training().gets(2, {wait: 3000}), {kind, wait, turn} = trainer.effects.at(-1);
  assert.deepEqual([kind, wait], ["wait", 3000]);
  return {trainer, turn};
}

test("where others train too, the next slice is asked for when its turn comes, once", () => {
  const {trainer, turn} = waiting();
  assert.equal(trainer.does("next", {turn}).sent().length, 1);
  assert.deepEqual(trainer.does("next", {turn}).effects, []);
});

test("Pause does not wait for a turn, and a turn that was waited for is none after it", () => {
  const {trainer, turn} = waiting();
  trainer.does("pause");
  assert.deepEqual([trainer.state.job.tag, trainer.visits()], ["paused", [[2, 0]]]);
  trainer.isAt(2, 0).gets(2).does("pause");
  assert.deepEqual([trainer.state.job.tag, trainer.sent()[0].goal], ["running", 101]);
  assert.deepEqual(trainer.does("next", {turn}).effects, []);
});

test("a turn that comes while a jump is read waits for that", () => {
  const {trainer, turn} = waiting();
  assert.equal(trainer.does("jump", {text: "2"}).sent()[0].jump.text, "2");
  const [effect] = trainer.does("next", {turn}).effects;
  assert.deepEqual([effect.kind, effect.turn], ["wait", turn]);
  assert.deepEqual(trainer.gets(2, {jump: 2}).visits(), [[2, 0]]);
  assert.equal(trainer.does("next", {turn}).sent()[0].goal, 101);
});

test("what is cancelled has no turn left", () => {
  const {trainer, turn} = waiting();
  trainer.does("cancel").does("train", train).gets(40, {wait: 500});
  assert.deepEqual(trainer.does("next", {turn}).effects, []);
});

test("Pause waits for the slice, shows where that ended, and goes on from there", () => {
  const trainer = training().does("pause");
  assert.equal(trainer.state.job.tag, "pausing");
  trainer.gets(40);
  assert.equal(trainer.state.job.tag, "paused");
  assert.deepEqual(trainer.visits(), [[40, 0]]);
  assert.deepEqual(trainer.sent().map(({goal}) => goal), [null]);
  trainer.isAt(40, 0).gets(40, {words: "So far.", live: ""});
  assert.deepEqual([trainer.state.job.tag, trainer.state.words], ["paused", "So far."]);
  trainer.does("pause");
  assert.deepEqual([trainer.state.job.tag, trainer.sent()[0].goal], ["running", 101]);
});

test("Cancel leaves nothing of it, and takes back who was taken along", () => {
  const trainer = training().does("pause").gets(40).isAt(40, 0).does("cancel");
  assert.deepEqual([trainer.state.job.tag, end(trainer.state.run)], ["idle", 0]);
  assert.deepEqual(trainer.visits(), [[1, 0]]);
  assert.deepEqual(training().gets(40).does("cancel").visits(), []);
});

test("the curve follows what the reader has seen, quietly, and is drawn once", () => {
  const trainer = shown().isAt(5, 4, true).does("follow");
  assert.deepEqual([trainer.state.job.isQuiet, isSeen(trainer.state)], [true, false]);
  assert.deepEqual(trainer.sent().map(({goal, since}) => [goal, since]), [[5, 0]]);
  trainer.gets(5, {end: "reached", goal: 5});
  assert.deepEqual(trainer.visits(), []);
  assert.deepEqual(trainer.sent().map(({goal}) => goal), [null]);
  trainer.gets(5);
  assert.deepEqual(trainer.does("follow").effects, []);
  trainer.page = {...trainer.page, isOpen: false, theme: "dark"};
  assert.deepEqual(trainer.does("follow").effects, []);
});

test("Train takes over from a quiet job, but not from one that people see", () => {
  const quiet = shown().isAt(5, 4, true).does("follow").does("train", train);
  assert.equal(quiet.state.job.isQuiet, false);
  assert.deepEqual(training().does("train", train).effects, []);
});

test("an iteration that takes long to reach is trained to, and then visited", () => {
  const asked = {iteration: 900, cursor: 3}, far = answer({iteration: 50, beyond: 900});
  const trainer = shown().isAt(50, 0).does("arrived", {answer: far, asked});
  assert.deepEqual(trainer.sent().map(({goal}) => goal), [900]);
  assert.deepEqual(trainer.gets(900, {end: "reached", goal: 900}).visits(), [[900, 3]]);
});

test("a link brings both runs as far as they were trained, the other one first", () => {
  const other = {texts: {w1: "2"}, query: "w1=2", iteration: 4, cursor: 1, trained: 30};
  const link = answer({opened: true, trained: 20, other}), asked = {iteration: 1, cursor: 2};
  const trainer = new Trainer().does("meet", {answer: link}).does("arrived", {answer: link, asked});
  assert.deepEqual(trainer.effects.map(({kind}) => kind), ["unfold", "send"]);
  assert.deepEqual(trainer.sent().map(({run, goal}) => [run.texts.w1, goal]), [["2", 30]]);
  assert.equal(wanted(trainer.state, 1, []).beside, null);
  trainer.gets(30, {end: "reached", goal: 30});
  assert.deepEqual(trainer.effects.map(({kind}) => kind), ["ask page", "send"]);
  assert.deepEqual(trainer.sent().map(({run, goal}) => [run.texts.w1, goal]), [["1", 20]]);
  assert.deepEqual(wanted(trainer.state, 1, []).beside, {texts: {w1: "2"}, iteration: 4, step: 1, checkpoint: null});
});

test("a run is kept beside, exchanged, and let go", () => {
  const trainer = training().gets(101, {end: "reached", words: "Trained."}).does("compare", {query: "w1=1"});
  assert.deepEqual(trainer.effects, [{kind: "ask page"}]);
  assert.deepEqual([trainer.state.other.query, trainer.state.other.key], ["w1=1", "one"]);
  trainer.does("meet", {answer: answer({run: "two"})}).does("swap", {query: "w1=2"});
  assert.deepEqual([trainer.state.run.key, trainer.state.other.key, trainer.state.other.query], ["one", "two", "w1=2"]);
  assert.equal(trainer.effects[0].other.query, "w1=1");
  assert.equal(trainer.does("uncompare").state.other, null);
});

test("a slice that is not answered leaves training paused, and it goes on by itself", () => {
  const trainer = training().gets(40).does("failed", {isLater: true});
  assert.deepEqual([trainer.state.job.tag, trainer.state.asked], ["paused", null]);
  trainer.does("again");
  assert.deepEqual([trainer.state.job.tag, trainer.sent().length], ["running", 1]);
  assert.deepEqual(trainer.does("again").effects, []);
});

test("what people paused, and what was refused, does not go on by itself", () => {
  const paused = training().does("pause").does("failed", {isLater: true}).does("again");
  assert.equal(paused.state.job.tag, "paused");
  const refused = training().does("failed", {isLater: false}).does("again");
  assert.deepEqual([refused.state.job.tag, refused.effects], ["paused", []]);
});

test("an iteration to go to is read by the server, beside a slice with the next one", () => {
  const trainer = training().gets(40).does("jump", {text: "12"});
  assert.deepEqual(trainer.effects, []);
  trainer.gets(60);
  assert.deepEqual(trainer.sent().map(({jump}) => jump), [{text: "12", reach: 40}]);
  trainer.gets(80, {jump: 12});
  assert.deepEqual(trainer.visits(), [[12, 0]]);
  assert.deepEqual(trainer.sent().map(({jump}) => jump), [null]);
  const alone = shown().isAt(9, 0).does("jump", {text: "x"});
  assert.deepEqual(alone.sent().map(({goal, jump}) => [goal, jump.reach]), [[null, 9]]);
  assert.deepEqual(alone.gets(9, {problems: {"train-goto": "no"}}).state.problems, {"train-goto": "no"});
});

test("an iteration to go to is not lost with a slice that is refused or comes to nothing", () => {
  const refused = training().does("jump", {text: "1"}).gets(1, {end: "refused"});
  assert.deepEqual(refused.sent().map(({jump}) => jump?.text), ["1"]);
  const lost = shown().does("jump", {text: "1"}).does("failed", {isLater: true}).does("again");
  assert.deepEqual(lost.sent().map(({jump}) => jump?.text), ["1"]);
});

test("the page is told the nearest place of the run, and the way there where it shows the surface", () => {
  const trainer = training().gets(40).gets(80);
  const checkpoint = {iteration: 40, packed: "p40"};
  assert.deepEqual(wanted(trainer.state, 60, []), {run: "one", checkpoint, views: [], path: [], beside: null});
  assert.deepEqual(wanted(trainer.state, 60, ["loss_surface"]).path.map(({iteration}) => iteration), [1, 40]);
});
