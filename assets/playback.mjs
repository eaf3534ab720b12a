/* The playback: runs what the state of the player asks for, and shows what the server answers. */

import * as address from "./address.mjs";
import * as ahead from "./ahead.mjs";
import * as drag from "./drag.mjs";
import * as hands from "./hands.mjs";
import * as practice from "./practice.mjs";
import * as charts from "./renderer/charts.mjs";
import * as display from "./renderer/display.mjs";
import * as fields from "./renderer/fields.mjs";
import {select} from "./renderer/nodes.mjs";
import * as notices from "./renderer/notices.mjs";
import * as panels from "./renderer/panels.mjs";
import * as picture from "./renderer/picture.mjs";
import * as step from "./renderer/step.mjs";
import {say} from "./renderer/words.mjs";
import {lesson, request} from "./request.mjs";
import * as server from "./server.mjs";
import {wanted as wantedAhead} from "./state/ahead.mjs";
import {knowsLoss} from "./state/moves.mjs";
import * as player from "./state/player.mjs";
import * as trainer from "./trainer.mjs";

/** @import {Answer, First} from "protocol" */
/** @import {Action, Effect, Event, Hand, More, State, Texts} from "./state/player.mjs" */
/** @import {Move} from "./state/moves.mjs" */

const TYPING_PAUSE = 150, PATIENCE = 300, REST = 100; // milliseconds
export const OWN = "own";

/** @type {Readonly<State>} */
let state = player.BEGUN;
/** @type {[number, number]} */
let room = [0, 0];
let drawnFor = "", busy = 0, typing = 0, ticking = 0, resting = 0, isGiven = false;

/**
 * What the picture is drawn for: a theme, and the room that it has.
 * @param {Pick<First, "theme" | "room">} drawn
 */
const named = ({theme, room: [width, height]}) => `${theme}-${width}x${height}`;
const look = () => named({theme: display.theme(), room: display.room()});

/** @returns {Hand} */
const hand = () => ({typed: fields.typed(), touched: fields.inHand(), isDown: server.isDown()});

/** @param {Event} event */
function dispatch(event) {
  const before = state, [next, effects] = player.reduce(state, event);
  state = next;
  keepTime(before);
  for (const effect of effects) run(effect);
}

/**
 * Timers and the signs of what is under way follow the state.
 * @param {Readonly<State>} before
 */
function keepTime(before) {
  if (!state.isTyping) clearTimeout(typing);
  if (state.isPlaying !== before.isPlaying) setPlaying(state.isPlaying);
  if (Boolean(wantedAhead(state)) !== Boolean(wantedAhead(before))) keepRest();
  if (state.asked || state.isTyping) notices.waiting(true);
  if (state.asked?.serial === before.asked?.serial) return;
  clearTimeout(busy);
  if (state.asked) busy = setTimeout(() => notices.busy(true), PATIENCE); else notices.busy(false);
}

/** What is asked ahead can be drawn as soon as Plotly is there. */
function keepRest() {
  clearTimeout(resting);
  if (!wantedAhead(state)) return;
  resting = setTimeout(() => { if (picture.isLive()) dispatch({kind: "rest", hand: hand()}); else keepRest(); }, REST);
}

/** @param {boolean} isPlaying */
function setPlaying(isPlaying) {
  clearInterval(ticking);
  if (isPlaying) ticking = setInterval(() => dispatch({kind: "tick", hand: hand()}), 1000 / Number(select("speed").value));
  notices.playing(isPlaying);
}

/** @param {Effect} effect */
function run(effect) {
  switch (effect.kind) {
    case "send": return void send(effect);
    case "ask ahead": return ahead.ask(request(state, effect));
    case "paint":
      if (state.readings) step.show(state.readings, effect.cursor, effect.animate);
      return keepAddress();
    case "nudge": return notices.nudge(effect.name);
    case "new entry": return address.turn();
    case "taken": return fields.taken(effect.answer, effect.entry);
    case "meet": return trainer.meet(effect.answer);
    case "training failed": return trainer.failed(effect.isLater);
    case "training again": return trainer.again();
    case "forget drag": return drag.forget();
    case "await typing":
      clearTimeout(typing);
      typing = setTimeout(ask, TYPING_PAUSE);
      return;
    case "show step card": return step.reveal();
    case "ready": return picture.isLive() ? notices.ready(effect.serial) : undefined;
    case "do": return act(effect.action);
  }
}

/** @param {Action} action */
function act(action) {
  if (action.kind === "training") trainer.act({name: action.name, count: action.count});
}

/* ---- asking the server ---- */

/**
 * What the document has, or was asked ahead, need not be asked again.
 * @param {Extract<Effect, {kind: "send"}>} effect
 */
async function send(effect) {
  if (isGiven) return;
  drawnFor = look();
  room = display.room();
  const data = request(state, effect), {serial} = effect, found = ahead.take(data), answer = found && await found;
  if (answer) receive({...answer, serial}, true);
  else if (state.asked?.serial === serial) server.send("request", data);
}

/** @param {More} [more] */
export const ask = (more = {}) => dispatch({kind: "ask", hand: hand(), more});

/**
 * Asks for an edit, which ends Play; one that ``isOther`` leads to something else, of which no details are shown.
 * @param {More} [more]
 */
export const edit = (more = {}, isOther = false) => dispatch({kind: "edit", hand: hand(), more, isOther});

/**
 * Asks for what the address holds, which begins anew; what is too much for it is in the history beside it.
 * @param {Texts | null} [own]
 */
function travel(own) {
  const link = address.read(), beside = address.remembered().file;
  practice.travel(link.asks.typed, address.remembered().practised);
  /** @type {More} */
  const given = beside ? {action: "open", payload: JSON.stringify({...beside, ...link.place}), typed: {}} : {};
  notices.ready(null);
  dispatch({kind: "travel", hand: hand(), more: {...link.asks, kept: null, ...given}, own});
}

/**
 * Begins with what the address holds, which the document has, but for what is beside it in the history.
 * @param {First} given
 */
export async function open(given) {
  const {own, file: beside, practised} = address.remembered();
  isGiven = !beside && !practice.travel(address.read().asks.typed, practised);
  if (beside) notices.notify(""); // what the document says is of the link alone
  travel(own ?? null);
  if (!isGiven) return;
  isGiven = false;
  const {answer, panels: there, pictures} = given;
  drawnFor = named(given);
  room = given.room;
  panels.begin(there);
  picture.begin(pictures);
  const isTyped = fields.findEarly();
  await receive({...answer, serial: state.serial});
  if (isTyped) type();
}

/** Plotly's picture takes the place of the one that the document has, as soon as it is there. */
export async function takeOver() {
  await picture.drawn();
  const {readings, painted} = state;
  if (!readings || painted === null || state.asked) return; // the answer draws it
  if (look() !== drawnFor) {
    redraw();
    return;
  }
  await draw(readings, room);
  if (state.readings !== readings || state.painted === null) return;
  picture.show(readings, state.painted, true);
  dispatch({kind: "told"});
}

/** The browser goes back or forward to another place of this page. */
export function goToHistory() {
  if (!state.readings) return;
  notices.notify("");
  address.forget();
  fields.forget();
  drag.forget();
  travel();
}

/** @type {server.Owner} */
export const owner = {
  unanswered({serial, isSlice}) {
    dispatch({kind: "unanswered", serial, isSlice, hand: hand()});
    rest();
  },
  refused({serial, isSlice}) {
    dispatch({kind: "refused", serial, isSlice});
    rest();
  },
  again: () => dispatch({kind: "again"}),
};

/* ---- what the server answers ---- */

/**
 * Shows an answer; one that ``isAhead`` was asked for ahead, maybe for another step.
 * @param {Answer | null} answer
 */
export async function receive(answer, isAhead = false) {
  await hands.free();
  if (!answer || !state.asked || answer.serial !== state.serial) return;
  const {place} = state.asked, before = state.readings, drawnIn = room;
  dispatch({kind: "answer", answer, isAhead, file: state.painted === null ? null : file()});
  panels.offer(OWN, state.own !== null);
  practice.meet(answer);
  if (server.hasBegun()) await picture.drawn();
  if (state.readings !== answer) return;
  layOut(answer);
  const isTooLarge = answer.incomplete && before && !before.incomplete;
  const isOther = before && JSON.stringify(answer.kept) !== JSON.stringify(before.kept);
  if (answer.notice || isTooLarge) notices.notify(answer.notice || answer.incomplete);
  else if (!server.isNewer(answer.version) && isOther && !answer.incomplete) notices.notify(""); // it was of what was set
  await draw(answer, drawnIn);
  if (state.readings !== answer) return;
  dispatch({kind: "drawn", hand: hand(), isOutdated: server.hasBegun() && look() !== drawnFor});
  charts.understanding(answer);
  trainer.arrived(answer, place);
  dispatch({kind: "told"});
  drag.again(moving);
  dispatch({kind: "settled"});
  rest();
}

/**
 * @param {Answer} answer
 * @param {[number, number]} drawnIn
 */
async function draw(answer, drawnIn) {
  await picture.draw(answer, drawnIn);
  if (picture.isLive() && look() === drawnFor) display.rememberLook(lesson(), drawnFor);
}

/** @param {Answer} answer */
function layOut(answer) {
  panels.show(answer);
  panels.settings(answer);
  fields.set(answer);
  drag.settle(answer.figure.drag);
  dispatch({kind: "laid out", hand: hand()});
}

function rest() {
  if (!state.asked && !state.isTyping) notices.waiting(false);
}

/* ---- what others may know and do ---- */

/** What is shown, if anything is: the answer and the cursor. */
export const shown = () =>
  (state.readings && state.painted !== null ? {readings: state.readings, cursor: state.painted} : null);

/** @param {string} name */
export const press = (name) => dispatch({kind: "press", name, hand: hand()});

/** @param {Move} made */
export const move = (made) => dispatch({kind: "move", move: made, hand: hand()});

/** @param {string} at */
export const choose = (at) => dispatch({kind: "choose", at, hand: hand()});

/** Closes the details that are shown. */
export const unchoose = () => choose(state.chosen);

export const check = () => dispatch({kind: "check", hand: hand()});
export const type = () => dispatch({kind: "type"});
export const pause = () => dispatch({kind: "pause"});

export function leaveField() {
  pause();
  if (state.isTyping) ask(); else showKept();
}

/** Shows in the field that is left what is kept of what was typed. */
export function showKept() {
  if (state.readings) fields.leave(state.readings);
}

/** Draws the picture anew where it has another room or theme, as soon as that can be had. */
export function redraw() {
  if (server.hasBegun() && look() !== drawnFor) dispatch({kind: "look", hand: hand()});
}

export function setSpeed() {
  if (state.isPlaying) setPlaying(true);
}

/** The newest network that is no example. */
export const ownNetwork = () => state.own;

/** All of what is shown and where, as files have it. */
export function file() {
  const {readings, painted} = state, place = {iteration: String(readings?.iteration), step: String(painted)};
  return {...readings?.kept, lesson: lesson(), ...place, ...trainer.inFile()};
}

export function keepAddress() {
  const {readings, painted, own} = state;
  if (!readings || painted === null || !player.isInAddress(state)) return;
  const more = inAddress(), hasRoom = address.fits(readings.query, painted, more);
  const isWhole = hasRoom && !readings.incomplete;
  if (!hasRoom) delete more.other;
  const whole = isWhole ? null : {...readings.kept, ...trainer.inFile()};
  address.keep(readings.query, painted, more, {own, file: whole, practised: practice.inHistory()});
}

/** What the address holds beside the setup and the step. */
const inAddress = () => ({...trainer.inAddress(), ...practice.inAddress()});

/** Why the address does not hold all of what is shown, where that is so. */
export function lacking() {
  const {readings, painted} = state;
  if (!readings || painted === null || readings.incomplete) return readings?.incomplete ?? "";
  return address.fits(readings.query, painted, inAddress()) ? "" : say("link.other_too_long");
}

/** What dragging may ask. */
export const moving = {
  drag: () => shown()?.readings.figure.drag ?? null,
  isAsking: () => Boolean(state.asked || state.queue.length),
  ask: () => edit(),
};

/** @type {trainer.Player} */
export const forTraining = {
  ask,
  keepAddress,
  seen() {
    const {readings, painted, goal} = state;
    return {
      iteration: readings?.iteration ?? 1,
      texts: readings?.kept ?? {},
      place: goal ?? {iteration: 1, cursor: 0},
      isShown: painted !== null && Boolean(readings?.checkpoint),
      knowsLoss: painted !== null && readings !== null && knowsLoss(readings, painted),
    };
  },
  visit: (iteration, cursor) => move({to: "place", iteration, cursor, name: ""}),
  open: ({texts, iteration, cursor}) => dispatch({kind: "open", hand: hand(), texts, iteration, cursor}),
  whenSettled: (action) => dispatch({kind: "when settled", action, hand: hand()}),
};
