/* Gestures: what people do with keys, pointers and fields, as presses and moves of the player. */

import * as address from "./address.mjs";
import * as drag from "./drag.mjs";
import * as files from "./files.mjs";
import * as keys from "./keys.mjs";
import * as playback from "./playback.mjs";
import {copy} from "./renderer/clipboard.mjs";
import * as dialogs from "./renderer/dialogs.mjs";
import * as display from "./renderer/display.mjs";
import {download, downloadFrom} from "./renderer/download.mjs";
import * as fields from "./renderer/fields.mjs";
import {byId, found} from "./renderer/nodes.mjs";
import * as notices from "./renderer/notices.mjs";
import * as numbers from "./renderer/numbers.mjs";
import * as panels from "./renderer/panels.mjs";
import * as path from "./renderer/path.mjs";
import * as picture from "./renderer/picture.mjs";
import * as step from "./renderer/step.mjs";
import {say} from "./renderer/words.mjs";
import * as server from "./server.mjs";
import {viewAt, wayOf} from "./state/moves.mjs";

const TWICE = 500; // milliseconds within which Plotly tells of one tap twice
const AREAS = ["csv", "paste"];

/** @type {{[button: string]: () => void}} */
const CLICKS = {
  keys: () => dialogs.open("keys-list"),
  qr: showQrCode,
  "close-chain": unchoose,
  check: playback.check,
  save,
  "save-svg": () => savePicture("svg"),
  "save-png": () => savePicture("png"),
  renew: server.renew,
  dismiss: () => notices.notify(""),
  copy: copyLink,
  "copy-program": copyProgram,
  "copy-latex": copyLatex,
  "forget-path": path.forget,
  present: display.present,
  rail: display.rail,
};
const PLAIN = new Set(["keys", "renew", "dismiss", "forget-path", "present", "rail"]); // what needs nothing painted

/** @param {KeyboardEvent} event */
function onKey(event) {
  const {key} = event;
  if (!keys.isPlain(event) || dialogs.isAny()) return;
  if (key === "Escape" && display.escape()) return;
  if (!keys.isFree(event)) return;
  if (key === "?") CLICKS.keys();
  if (key.toLowerCase() === "p") display.present();
  const name = keys.pressOf(key);
  if (!name || !playback.shown()) return;
  event.preventDefault();
  playback.press(name);
}

/** @param {MouseEvent} event */
function onClick({target}) {
  if (!(target instanceof Element)) return;
  const button = target.closest("button"), row = /** @type {HTMLElement | null} */ (target.closest("[data-row]"));
  if (!playback.shown() && !(button && PLAIN.has(button.id))) return;
  if (row) playback.choose(row.dataset.row ?? "");
  else if (button?.dataset.action) perform(button.dataset.action);
  else if (button?.dataset.sample) chooseSample(button.dataset.sample);
  else if (button && Object.hasOwn(CLICKS, button.id)) CLICKS[button.id]();
  else if (button && (button.id === "play" || wayOf(button.id))) playback.press(button.id);
}

/**
 * The only sample is always shown.
 * @param {string} number
 */
function chooseSample(number) {
  if (!found("sample")) return;
  fields.put("sample", number);
  playback.ask();
}

/**
 * With some actions goes the text of an area.
 * @param {string} action
 * @param {string} [payload]
 */
function perform(action, payload) {
  const area = AREAS.find((id) => action.startsWith(id)), field = area && /** @type {HTMLTextAreaElement | null} */ (found(area));
  const text = payload ?? (field ? field.value : ""), problem = area === "csv" && files.tooLarge("csv", text.length);
  playback.pause();
  if (area || action === "open") notices.notify(""); // it was of what was opened or pasted before
  if (problem) notices.complain("csv", problem);
  else playback.ask({action, payload: text});
}

function unchoose() {
  /** @type {HTMLElement | null} */ (document.querySelector("#table tr.chosen button"))?.focus({preventScroll: true});
  playback.unchoose();
}

/** @param {globalThis.Event} event */
function onInput({target}) {
  if (!playback.shown() || !(target instanceof HTMLInputElement)) return;
  if (target.id === "step") playback.move({to: "cursor", cursor: Number(target.value), name: ""});
  else if (target.dataset.moves) drag.move(target.dataset.moves, target.value, playback.moving);
  else if ("field" in target.dataset) playback.type();
}

/** @param {globalThis.Event} event */
function onChange({target}) {
  if (!playback.shown() || panels.areReplaced()) return;
  if (target instanceof HTMLInputElement && target.type === "file") {
    readFile(target);
  } else if (target instanceof HTMLSelectElement) {
    onChoice(target);
  } else if (target instanceof HTMLInputElement && "field" in target.dataset) {
    playback.leaveField();
  }
}

/**
 * A field shows what was typed as long as it has the focus, then what is kept of it.
 * @param {FocusEvent} event
 */
function onFocusOut({target}) {
  if (target instanceof HTMLInputElement && "field" in target.dataset && !panels.areReplaced()) playback.showKept();
}

/** @param {HTMLSelectElement} target */
function onChoice(target) {
  if (target.id === "speed") {
    playback.setSpeed();
  } else if (target.id === "preset" && target.value === playback.OWN) {
    fields.release("preset");
    perform("open", JSON.stringify(playback.ownNetwork()));
  } else if (target.dataset.action) {
    perform(target.dataset.action, target.value);
  } else if ("field" in target.dataset) {
    playback.edit({}, target.id === "preset");
  }
}

/** @param {HTMLInputElement} target */
async function readFile(target) {
  if (!target.files?.length) return;
  const purpose = target.id === "csv-file" ? "csv" : "open";
  const {text, problem} = await files.read(target.files[0], purpose);
  fields.clear(target);
  if (problem) {
    notices.notify("");
    notices.complain(purpose, problem);
    return;
  }
  if (purpose === "csv") fields.put("csv", text);
  perform(purpose, text);
}

function save() {
  /** @type {{[name: string]: string}} */
  const kept = playback.file();
  download(`nnviz-${kept.preset ?? kept.lesson}.json`, JSON.stringify(kept, null, 1), "application/json");
}

/** @param {"svg" | "png"} format */
async function savePicture(format) {
  await picture.drawn();
  downloadFrom(`nnviz.${format}`, await picture.image(format));
}

/** The address holds what is shown; where it cannot hold all, that is said. */
function writeLink() {
  address.write();
  const lacking = playback.lacking();
  if (lacking) notices.notify(lacking);
}

async function showQrCode() {
  writeLink();
  const shared = await server.qrCode(location.href);
  if (shared) dialogs.showQrCode(shared); else notices.notify(say("page.failed_once"));
}

async function copyLink() {
  writeLink();
  const isCopied = await copy(location.href);
  notices.tellAt("copy", say(isCopied ? "button.copied" : "button.copy_failed"), say("button.copy"));
}

async function copyProgram() {
  const isCopied = await copy(byId("program").textContent ?? "");
  notices.tellAt("copy-program", say(isCopied ? "program.copied" : "program.copy_failed"), say("program.copy"));
}

async function copyLatex() {
  const shown = playback.shown();
  const isCopied = shown !== null && await copy(viewAt(shown.readings, shown.cursor).latex);
  notices.tellAt("copy-latex", say(isCopied ? "latex.copied" : "latex.copy_failed"), say("latex.copy"));
}

/** @param {PointerEvent} event */
function onPointer({target}) {
  const shown = playback.shown();
  if (shown && target instanceof Element) step.point(shown.readings, shown.cursor, target);
}

/** @param {PlotlyGraph} graph */
function listenTo(graph) {
  graph.on("plotly_hover", ({points: [{customdata}], event}) => {
    const shown = playback.shown(), place = customdata || "";
    picture.mark(place, shown !== null);
    if (shown) picture.tell(shown.readings, shown.cursor, place, event);
  });
  graph.on("plotly_unhover", () => {
    picture.mark("", false);
    picture.tell(null, 0, "");
  });
  let tapped = {place: "", at: 0};
  graph.on("plotly_click", ({points: [{customdata}]}) => {
    if (!customdata || !playback.shown() || playback.moving.drag()?.grip === null) return;
    const now = performance.now(), isSame = customdata === tapped.place && now - tapped.at < TWICE;
    tapped = {place: customdata, at: now};
    if (!isSame) playback.choose(customdata);
  });
}

export function listen() {
  keys.listen();
  drag.listen(playback.moving);
  window.addEventListener("popstate", playback.goToHistory);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("input", onInput);
  document.addEventListener("change", onChange);
  document.addEventListener("focusout", onFocusOut);
  document.addEventListener("pointerover", onPointer);
  document.addEventListener("toggle", () => {
    const shown = playback.shown();
    if (shown) numbers.refold(shown.readings, shown.cursor);
  }, true);
  picture.drawn().then(listenTo);
}
