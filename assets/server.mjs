/* The server, as far as the browser hears of it: which requests it answers, refuses, or lets wait.
 *
 * Dash sends the requests, and tells its hooks of the beginning and the end of each. It does not say which request it
 * is that failed; where more than one of a kind are under way, that is known as soon as the others are answered.
 */

import * as address from "./address.mjs";
import {notify, outdated, unnotify} from "./renderer/notices.mjs";
import {say} from "./renderer/words.mjs";
import {QUIET, ended} from "./state/line.mjs";

/** @import {PageRequest, ResultRequest, Shared, TrainingRequest} from "protocol" */
/** @import {Line} from "./state/line.mjs" */

/**
 * A request of a page or, if it ``isSlice``, of training.
 * @typedef {{serial: number, isSlice: boolean, isKept: boolean, late: number, body: () => Blob}} Sent
 *
 * @typedef {object} Owner
 * @property {(of: Sent) => void} unanswered
 * @property {(of: Sent) => void} refused
 * @property {() => void} again
 */

const QR_CODE = address.ofServer("qr"), RESULT = address.ofServer("result");
const LONG = 5000, LONGEST_PAUSE = 30000, RENEWED = "nnviz.renewed";
const GATEWAY = new Set([502, 503, 504]); // a server before ours does not reach it

/** @type {Map<string, Line<Sent>>} */
const lines = new Map();
/** @type {{text: string, isSlice?: boolean}} */
let said = {text: ""};
/** @type {Owner} */
let owner = {unanswered() {}, refused() {}, again() {}};
let pause = 0, timer = 0, isBegun = false, isOutdated = false;
/** @type {Map<string, PageRequest | TrainingRequest>} */
const unsent = new Map();

/** Whether the last request came to no answer. */
export const isDown = () => pause > 0;

/**
 * Sends what Dash's store of a name is to have, as soon as Dash is there.
 * @param {string} store
 * @param {PageRequest | TrainingRequest} data
 */
export function send(store, data) {
  if (isBegun) window.dash_clientside.set_props(store, {data}); else unsent.set(store, data);
}

/** Whether Dash is there. */
export const hasBegun = () => isBegun;

/** Where the page has been loaded because the server did not understand the one before, it says so. */
export function greet() {
  if (renewed() === "yes") notify(say("page.renewed"));
}

/** Dash is there. */
export function begin() {
  isBegun = true;
  for (const [store, data] of unsent) send(store, data);
  unsent.clear();
}

/**
 * Hears of all requests; the owner is told of those that come to nothing, and when it may ask again.
 * @param {Owner} page
 * @returns {DashHooks}
 */
export function listen(page) {
  owner = page;
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", again);
  const none = {request_post: null, layout_pre: null, layout_post: null, request_refresh_jwt: null};
  return {...none, request_pre: begun, callback_resolved: ({output}, result) => over(output, result)};
}

/** @param {DashPayload} payload */
function begun(payload) {
  const [{value}] = /** @type {{id?: string, value: PageRequest | TrainingRequest}[]} */ (payload.inputs);
  const line = lines.get(payload.output) ?? QUIET;
  const of = {
    serial: value.serial,
    isSlice: !("kept" in value),
    isKept: !("kept" in value && value.kept === null),
    late: setTimeout(() => show("page.slow"), LONG),
    body: () => new Blob([JSON.stringify(payload)]),
  };
  lines.set(payload.output, {...line, sent: [...line.sent, of]});
}

/**
 * @param {string} output
 * @param {{error?: unknown, payload?: DashPayload | null}} result
 */
function over(output, {error, payload}) {
  const line = lines.get(output);
  if (!line) return; // of a callback that stays in the browser
  const found = ended(line, payload?.inputs[0].value.serial ?? null, error);
  lines.set(output, found.line);
  if (found.answered) answered(found.answered);
  for (const {of, failure} of found.failed) failed(of, failure);
}

/** @param {Sent} of */
function answered(of) {
  const wasDown = isDown();
  clearTimeout(of.late);
  if (said.isSlice === undefined || said.isSlice === of.isSlice) hush();
  if (of.isKept) setRenewed("");
  pause = 0;
  clearTimeout(timer);
  if (wasDown) owner.again();
}

/**
 * What failed is the server's answer, where there is one.
 * @param {Sent} of
 * @param {unknown} failure
 */
function failed(of, failure) {
  clearTimeout(of.late);
  if (failure instanceof Response && !GATEWAY.has(failure.status)) refused(of, failure.status);
  else unanswered(of);
}

/** @param {Sent} of */
function unanswered(of) {
  owner.unanswered(of);
  show("page.failed");
  pause = Math.min(LONGEST_PAUSE, 2 * pause || 1000);
  clearTimeout(timer);
  timer = setTimeout(again, pause);
}

/**
 * The answer is of a server that has the page in a version; of another one than this it is said once.
 * @param {string} version
 */
export function isNewer(version) {
  if (isOutdated || version === document.documentElement.dataset.version) return isOutdated;
  isOutdated = true;
  outdated();
  return true;
}

/** Loads the page that the server has now, at the same place. */
export function renew() {
  address.write();
  location.reload();
}

/** What nobody looks at waits until somebody does. */
function again() {
  if (isDown() && !document.hidden) owner.again();
}

/**
 * @param {Sent} of
 * @param {number} status
 */
function refused(of, status) {
  const isOld = status < 500 && status !== 413;
  if (isOld && renewed() === "") {
    setRenewed("yes");
    renew();
    return;
  }
  owner.refused(of);
  if (status === 413) show("page.too_large", of); else show(isOld ? "page.not_understood" : "page.error", of);
}

/** "yes" where the page has been loaded anew since the server understood it; where nothing is kept, nobody knows. */
function renewed() {
  try { return sessionStorage.getItem(RENEWED) ?? ""; } catch { return "unknown"; }
}

/** @param {string} text */
function setRenewed(text) {
  try { sessionStorage.setItem(RENEWED, text); } catch { /* renewed() knows */ }
}

/**
 * A notice goes when it is no longer true: that of a refusal when a request like the refused one is answered.
 * @param {string} key
 * @param {Sent} [of]
 */
function show(key, of) {
  const size = of ? (of.body().size / 2 ** 20).toFixed(1) : "", {most = ""} = document.documentElement.dataset;
  said = {text: say(key).replace("{size}", size).replace("{most}", most), isSlice: of?.isSlice};
  notify(said.text);
}

function hush() {
  unnotify(said.text);
  said = {text: ""};
}

/**
 * How others open a link; null where the server does not say.
 * @param {string} link
 * @returns {Promise<Shared | null>}
 */
export async function qrCode(link) {
  try {
    const reply = await fetch(`${QR_CODE}?${new URLSearchParams({link})}`);
    return reply.ok ? await reply.json() : null;
  } catch {
    return null;
  }
}

/**
 * The result of an assignment as a file; null where the server does not say.
 * @param {ResultRequest} asked
 * @returns {Promise<string | null>}
 */
export async function savedResult(asked) {
  try {
    const headers = {"Content-Type": "application/json"};
    const reply = await fetch(RESULT, {method: "POST", headers, body: JSON.stringify(asked)});
    return reply.ok ? await reply.text() : null;
  } catch {
    return null;
  }
}
