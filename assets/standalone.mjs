/* Standalone: the player where no page is around it. It shows what Python prepared, and asks Python where it is there. */

import * as host from "./host.mjs";
import * as keys from "./keys.mjs";
import * as display from "./renderer/display.mjs";
import * as fields from "./renderer/fields.mjs";
import {byId, select} from "./renderer/nodes.mjs";
import * as notices from "./renderer/notices.mjs";
import * as panels from "./renderer/panels.mjs";
import * as picture from "./renderer/picture.mjs";
import * as step from "./renderer/step.mjs";
import {speak} from "./renderer/words.mjs";
import {isHere, wayOf} from "./state/moves.mjs";
import * as player from "./state/player.mjs";

/** @import {Place, StandaloneAnswer, StandaloneGiven} from "protocol" */
/** @import {Effect, Event, Hand, State} from "./state/player.mjs" */

const TYPING_PAUSE = 150, WAITING = 300, PATIENCE = 5000; // milliseconds

/** @type {Readonly<State>} */
let state = player.BEGUN;
let typing = 0, ticking = 0, busy = 0, patience = 0, wanted = "";

/** @returns {Hand} */
const hand = () => ({typed: fields.typed(), touched: fields.inHand(), isDown: false});

/** What is shown, if anything is. */
const shown = () =>
  (state.readings && state.painted !== null ? {readings: state.readings, cursor: state.painted} : null);

/** @param {Event} event */
function dispatch(event) {
  const before = state, [next, effects] = player.reduce(state, event);
  state = next;
  if (!state.isTyping) clearTimeout(typing);
  if (state.isPlaying !== before.isPlaying) play(state.isPlaying);
  for (const effect of effects) run(effect);
}

/** @param {boolean} isPlaying */
function play(isPlaying) {
  clearInterval(ticking);
  if (isPlaying) ticking = setInterval(() => dispatch({kind: "tick", hand: hand()}), 1000 / Number(select("speed").value));
  notices.playing(isPlaying);
}

/** @param {Effect} effect */
function run(effect) {
  switch (effect.kind) {
    case "send": return send(effect);
    case "paint":
      if (!state.readings) return;
      step.show(state.readings, effect.cursor, effect.animate);
      return host.arrive({iteration: state.readings.iteration, cursor: effect.cursor});
    case "nudge": return notices.nudge(effect.name);
    case "taken": return fields.taken(effect.answer, effect.entry);
    case "show step card": return step.reveal();
    case "await typing":
      clearTimeout(typing);
      typing = setTimeout(() => dispatch({kind: "ask", hand: hand()}), TYPING_PAUSE);
  }
}

/* ---- asking ---- */

/**
 * Python is asked for what it has not prepared; where it is silent for long, what is there can be stepped on.
 * @param {Extract<Effect, {kind: "send"}>} effect
 */
function send({serial, entry, iteration, step: cursor}) {
  const typed = fields.untaken(entry.texts), place = {iteration: Number(iteration), cursor: Number(cursor)};
  const isPrepared = isHere(place, newest.answer) && !Object.keys(typed).length;
  if (isPrepared || !host.isThere()) {
    receive(newest, true);
    return;
  }
  host.ask({serial, typed, iteration: place.iteration, step: place.cursor});
  busy = setTimeout(() => notices.busy(true), WAITING);
  patience = setTimeout(() => giveUp(serial), PATIENCE);
}

/** @param {number} serial */
function giveUp(serial) {
  settle();
  dispatch({kind: "refused", serial, isSlice: false});
  const now = shown();
  if (now) step.show(now.readings, now.cursor, false); // its hint again
}

/** Asks for a picture that is drawn for the room that it has; meanwhile the one that is there is scaled. */
function refit() {
  const room = display.room();
  if (!host.isThere()) {
    const fitting = prepared(room);
    if (fitting.room !== newest.room) onDrawn(fitting);
    return;
  }
  if (String(room) === String(newest.room) || String(room) === wanted) return;
  wanted = String(room);
  host.look(room);
}

/**
 * What Python prepared, with the picture that can be read in a room.
 * @param {[number, number]} room
 * @returns {StandaloneAnswer}
 */
function prepared([width]) {
  const {answer} = first, {layout, least} = answer.figure;
  if (!small || width >= layout.width * least) return first;
  const {centres, figure, ...drawn} = small;
  const views = answer.views.map((view, at) => ({...view, centre: centres[at]}));
  return {...first, ...drawn, answer: {...answer, figure, views}};
}

function settle() {
  clearTimeout(busy);
  clearTimeout(patience);
  notices.busy(false);
}

/**
 * Shows an answer; one that ``isAhead`` was prepared for any step.
 * @param {StandaloneAnswer} given
 * @param {boolean} isAhead
 */
function receive(given, isAhead) {
  const answer = {...given.answer, serial: state.serial, details: given.details[state.chosen] ?? null};
  settle();
  newest = given;
  dispatch({kind: "answer", answer, isAhead, file: null});
  picture.replace(given);
  fields.set(answer);
  panels.complaints(answer);
  dispatch({kind: "laid out", hand: hand()});
  if (state.readings !== answer) return;
  dispatch({kind: "drawn", hand: hand(), isOutdated: false});
  dispatch({kind: "settled"});
}

/* ---- what people do ---- */

/** @param {string} name */
const press = (name) => dispatch({kind: "press", name, hand: hand()});

/** @param {string} at */
const choose = (at) => dispatch({kind: "choose", at, hand: hand()});

/**
 * Whoever has moved before Python says for the first time where to go stays where they are.
 * @param {Place} place
 * @param {boolean} isFirst
 */
function visit(place, isFirst) {
  const now = shown();
  if (isFirst && now && state.ways.length) host.arrive({iteration: now.readings.iteration, cursor: now.cursor});
  else dispatch({kind: "move", move: {to: "place", ...place, name: ""}, hand: hand()});
  refit();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (!keys.isPlain(event) || (event.key === "Escape" && display.escape())) return;
  const name = keys.isFree(event) ? keys.pressOf(event.key) : "";
  if (!name || !shown()) return;
  event.preventDefault();
  press(name);
}

/** @param {MouseEvent} event */
function onClick({target}) {
  if (!(target instanceof Element) || !shown()) return;
  const id = target.closest("button")?.id ?? "";
  const row = /** @type {HTMLElement | null} */ (target.closest("[data-row]"))?.dataset.row;
  if (row) choose(row);
  else if (id === "close-chain") choose(state.chosen);
  else if (id === "rail") display.rail();
  else if (id === "play" || wayOf(id)) press(id);
}

/** @param {globalThis.Event} event */
function onInput({target}) {
  if (!(target instanceof HTMLInputElement) || !shown()) return;
  if (target.id === "step") dispatch({kind: "move", move: {to: "cursor", cursor: Number(target.value), name: ""}, hand: hand()});
  else if ("field" in target.dataset) dispatch({kind: "type"});
}

/** @param {globalThis.Event} event */
function onChange({target}) {
  if (!(target instanceof HTMLElement)) return;
  if (target.id === "speed" && state.isPlaying) play(true);
  else if ("field" in target.dataset && state.isTyping) dispatch({kind: "ask", hand: hand()});
  else if ("field" in target.dataset && target instanceof HTMLSelectElement) dispatch({kind: "edit", hand: hand()});
}

/* ---- what Python does ---- */

/**
 * Python shows something else by itself; what it was asked for meanwhile is shown when it answers, and not waited for
 * unless something was typed.
 * @param {StandaloneAnswer} given
 */
function onShown(given) {
  const {asked} = state, {iteration, cursor} = given.answer;
  newest = given;
  if (asked && !Object.keys(asked.entry.texts).length) giveUp(asked.serial);
  if (!state.asked) goTo({iteration, cursor});
  refit();
}

/**
 * Python answers a request of a number.
 * @param {StandaloneAnswer} given
 * @param {number} serial
 */
function onAnswer(given, serial) {
  if (state.asked?.serial !== serial) {
    onShown(given);
    return;
  }
  receive(given, false);
  refit();
}

/**
 * Python has drawn the picture anew, and the reader stays where they are.
 * @param {StandaloneAnswer} given
 */
function onDrawn(given) {
  const {iteration} = given.answer, now = shown();
  wanted = "";
  newest = given;
  if (now && !state.asked && now.readings.iteration === iteration) goTo({iteration, cursor: now.cursor});
}

/**
 * Shows what is prepared for a place.
 * @param {Place} place
 */
function goTo({iteration, cursor}) {
  dispatch({kind: "ask", hand: hand(), more: {iteration: String(iteration), step: String(cursor)}});
}

fields.listen();
keys.listen();
host.listen({show: onShown, answer: onAnswer, redraw: onDrawn, visit, dress: display.dress});
document.addEventListener("keydown", onKey);
document.addEventListener("click", onClick);
document.addEventListener("input", onInput);
document.addEventListener("change", onChange);
document.addEventListener("pointerover", ({target}) => {
  const now = shown();
  if (now && target instanceof Element) step.point(now.readings, now.cursor, target);
});
const {words, first, small} = /** @type {StandaloneGiven} */ (await host.unpacked(byId("given").textContent ?? ""));
let newest = prepared(display.room());
speak(words);
display.listen(refit);
dispatch({kind: "travel", hand: hand(), more: {iteration: String(first.answer.iteration), step: String(host.step())}});
for (const name of notices.begun()) press(name);
host.begin();
