/* The trainer: runs what the state of training asks for, and shows it. */

import * as address from "./address.mjs";
import {exchange, pair} from "./renderer/charts.mjs";
import * as display from "./renderer/display.mjs";
import {download} from "./renderer/download.mjs";
import {fold, select} from "./renderer/nodes.mjs";
import * as own from "./renderer/own_numbers.mjs";
import * as card from "./renderer/training_card.mjs";
import * as server from "./server.mjs";
import {end} from "./state/runs.mjs";
import * as training from "./state/training.mjs";

/** @import {Answer, PageRequest, Place, Scale, TrainingSlice} from "protocol" */
/** @import {More} from "./state/player.mjs" */
/** @import {Effect, Event, Page, State} from "./state/training.mjs" */

/** @typedef {{[name: string]: string}} Texts */

/**
 * What the trainer may ask of the player.
 * @typedef {object} Player
 * @property {() => Pick<Page, "iteration" | "texts" | "place" | "isShown" | "knowsLoss">} seen
 * @property {(iteration: number, cursor: number) => void} visit
 * @property {(run: Place & {texts: Texts}) => void} open
 * @property {(more?: More) => void} ask
 * @property {(press: {kind: "training", name: string, count: string}) => void} whenSettled
 * @property {() => void} keepAddress
 */

/**
 * The folds whose views are asked for, with their names.
 * @type {[string, PageRequest["views"][number]][]}
 */
const VIEWS = [["predictions-fold", "predictions"], ["loss-surface-fold", "loss_surface"], ["program-fold", "program"],
  ["updates-fold", "updates"], ["any-layer-fold", "any_layer"]];

/** @type {Readonly<State>} */
let state = training.BEGUN;
/** @type {Player} */
let player;
/** @type {HTMLDetailsElement | null} */
let unfolded = null; // until what was asked for it is there

/** @returns {Page} */
const page = () => ({
  ...player.seen(),
  isOpen: fold("train-fold").open,
  isListed: fold("train-fold").open && fold("losses-fold").open,
  scale: /** @type {Scale} */ (select("train-scale").value),
  theme: display.theme(),
});

/** @param {Event} event */
function dispatch(event) {
  const [next, effects] = training.reduce(state, event);
  state = next;
  card.show(state);
  for (const effect of effects) run(effect);
}

/** @param {Effect} effect */
function run(effect) {
  switch (effect.kind) {
    case "send": return server.send("train-request", effect.request);
    case "chart":
      card.chart(effect.slice, (iteration) => press(`visit ${iteration}`));
      return player.keepAddress();
    case "wait": return void setTimeout(() => dispatch({kind: "next", page: page(), turn: effect.turn}), effect.wait);
    case "visit": return player.visit(effect.iteration, effect.cursor);
    case "open": return player.open(effect.other);
    case "ask page": return player.ask();
    case "unfold": return card.unfold();
  }
}

/* ---- what the player tells ---- */

/**
 * What the page needs to ask for an iteration.
 * @param {number} iteration
 */
export function wanted(iteration) {
  const views = VIEWS.filter(([id]) => fold(id).open).map(([, view]) => view);
  const numbers = fold("numbers-fold").open ? own.numbers() : "";
  return {...training.wanted(state, iteration, views), pair: pair(), numbers};
}

/** @param {Answer} answer */
export const meet = (answer) => dispatch({kind: "meet", answer});

/**
 * @param {Answer} answer
 * @param {Place} asked
 */
export function arrived(answer, asked) {
  dispatch({kind: "arrived", answer, asked, page: page()});
  if (unfolded?.open) display.comeIntoSight(unfolded); // it has grown
  unfolded = null;
}

/** @param {boolean} isLater */
export const failed = (isLater) => dispatch({kind: "failed", isLater});

export const again = () => dispatch({kind: "again", page: page()});

/** @param {TrainingSlice | null} slice */
export function receive(slice) {
  if (slice) dispatch({kind: "slice", slice, page: page()});
}

/**
 * What the address says of training.
 * @returns {Texts}
 */
export function inAddress() {
  const trained = end(state.run), {other} = state;
  return {...(trained > 1 ? {trained: String(trained)} : {}), ...(other ? {other: other.query} : {})};
}

/**
 * What a file says of training.
 * @returns {Texts}
 */
export function inFile() {
  const {other} = state;
  if (!other) return inAddress();
  const place = {iteration: String(other.iteration), step: String(other.cursor), trained: String(end(other))};
  return {...inAddress(), other: new URLSearchParams({...other.texts, ...place}).toString()};
}

/* ---- what people do ---- */

const ASKED = new Set(VIEWS.map(([id]) => id)); // for when they are unfolded
const PRESSES = new Set(["check-numbers", "train", "train-pause", "train-cancel", "train-go", "compare", "swap", "uncompare"]);
/** @type {{[field: string]: string}} */
const IN_A_FIELD = {"train-count": "train", "train-below": "train", "train-goto": "train-go"};

/**
 * What was typed just before counts first.
 * @param {string} name
 * @param {string} count
 */
function press(name, count = "") {
  if (player.seen().isShown) player.whenSettled({kind: "training", name, count});
}

/**
 * Does what a button is for; ``count`` is that of one that has it.
 * @param {{name: string, count: string}} press
 */
export function act({name, count}) {
  const {count: typed, measure, below, jump} = card.texts(), seen = page();
  switch (name) {
    case "train": return dispatch({kind: "train", count: count || typed, measure, below, page: seen});
    case "train-pause": return dispatch({kind: "pause", page: seen});
    case "train-cancel": return dispatch({kind: "cancel", page: seen});
    case "train-go": return dispatch({kind: "jump", text: jump, page: seen});
    case "compare":
    case "swap": return dispatch({kind: name, query: query(), page: page()});
    case "uncompare": return dispatch({kind: name, page: seen});
    case "check-numbers":
      own.ask();
      return player.ask();
    default: return player.visit(Number(name.split(" ")[1]), 0);
  }
}

/** The query of a link to this run alone. */
function query() {
  address.write();
  const alone = new URLSearchParams(location.search);
  alone.delete("other");
  return alone.toString();
}

/** @param {Player} owner */
export function listen(owner) {
  player = owner;

  document.addEventListener("click", ({target}) => {
    const button = target instanceof Element && target.closest("button");
    if (button && button.dataset.count) press("train", button.dataset.count);
    else if (button && PRESSES.has(button.id)) press(button.id);
    else if (button && button.id === "save-losses") download("nnviz-losses.csv", state.listing.csv, "text/csv");
  });

  document.addEventListener("keydown", ({key, target}) => {
    if (key === "Enter" && target instanceof Element && target.id in IN_A_FIELD) press(IN_A_FIELD[target.id]);
  });

  document.addEventListener("input", ({target}) => {
    if (target instanceof Element && target.id === "numbers") own.forget();
  });

  document.addEventListener("change", ({target}) => {
    if (!(target instanceof HTMLSelectElement)) return;
    if (target.id === "train-scale") dispatch({kind: "follow", page: page()});
    if (target.id === "loss-surface-across" || target.id === "loss-surface-up") {
      exchange(target);
      player.ask({pair: pair()});
    }
  });

  document.addEventListener("toggle", ({target}) => {
    if (!(target instanceof HTMLDetailsElement) || !target.open || !player.seen().isShown) return;
    if (target.id === "train-fold" || target.id === "losses-fold") dispatch({kind: "follow", page: page()});
    if (!ASKED.has(target.id)) return;
    unfolded = target;
    player.ask();
  }, true);
}
