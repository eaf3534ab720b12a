/* The display: the room that the picture has and how it is scaled to fit, the theme, presenting, and the rail. */

import {all, byId, found, select, setText} from "./nodes.mjs";
import {say} from "./words.mjs";

/** @import {Theme} from "protocol" */

const GRAIN = 10, LEAST = 100, MOST = 8000, PAUSE = 200, KEY = "nnviz-theme", PAPER = 680; // pixels, milliseconds
const YEAR = 31_536_000; // seconds
const root = document.documentElement;
const dark = window.matchMedia("(prefers-color-scheme: dark)");
/** @type {Map<string, {width: number, height: number, least: number}>} */
const sizes = new Map();

let timer = 0, isOnPaper = false, told = "";

/* ---- the room, and what is fitted into it ---- */

/**
 * The room that the picture has, in pixels.
 * @returns {[number, number]}
 */
export function room() {
  const {clientWidth, clientHeight} = byId("picture");
  return [inGrains(clientWidth), inGrains(clientHeight)];
}

/** @param {number} side */
const inGrains = (side) => Math.max(LEAST, Math.min(MOST, Math.floor(side / GRAIN) * GRAIN));

/**
 * What has a size is scaled until it fills its frame, but never below the scale at which it can be read.
 * @param {string} id
 */
function fit(id) {
  const known = sizes.get(id), node = found(id);
  const frame = /** @type {HTMLElement | null | undefined} */ (node?.closest(".picture"));
  if (!known || !node || !frame?.clientWidth) return;
  const {width, height, least} = known, isFree = isOnPaper || frame.dataset.grows !== undefined;
  const across = (isOnPaper ? PAPER : frame.clientWidth) / width;
  const down = isFree ? Infinity : frame.clientHeight / height;
  const scale = isOnPaper ? Math.min(across, 1) : Math.max(Math.min(across, down), least);
  Object.assign(node.style, {width: `${width}px`, height: `${height}px`, transform: `scale(${scale})`});
  const around = /** @type {HTMLElement} */ (node.closest(".fitted")).style;
  Object.assign(around, {width: `${Math.floor(width * scale)}px`, height: `${Math.floor(height * scale)}px`});
}

/**
 * Gives a picture a size and the least scale at which it can be read.
 * @param {string} id
 * @param {number} width
 * @param {number} height
 * @param {number} least
 */
export function size(id, width, height, least) {
  sizes.set(id, {width, height, least});
  fit(id);
}

/**
 * How much larger a picture is on the screen than it was drawn.
 * @param {HTMLElement} node
 */
export const scale = (node) => node.getBoundingClientRect().width / node.offsetWidth;

function fitAll() {
  for (const id of sizes.keys()) fit(id);
}

/** @param {boolean} isBegun */
function print(isBegun) {
  isOnPaper = isBegun;
  fitAll();
}

/* ---- theme, presenting, rail ---- */

/** @returns {Theme} */
export function theme() {
  const chosen = root.dataset.theme ?? (dark.matches ? "dark" : "light");
  return chosen === "dark" ? "dark" : "light";
}

/** @param {string | null} name */
export function dress(name) {
  if (name === "light" || name === "dark") root.dataset.theme = name; else delete root.dataset.theme;
}

/** @param {string} name */
function remember(name) {
  try {
    localStorage.setItem(KEY, name);
  } catch { /* a browser may forbid it */ }
}

/**
 * Tells the server for which theme and room this page's picture is to be drawn when it is opened again.
 * @param {string} lesson
 * @param {string} look
 */
export function rememberLook(lesson, look) {
  if (look === told) return;
  told = look;
  document.cookie = `look-${lesson}=${look}; path=${location.pathname}; max-age=${YEAR}; samesite=lax`;
}

/** @param {boolean} isOn */
function setPresenting(isOn) {
  root.toggleAttribute("data-presenting", isOn);
  byId("present").setAttribute("aria-pressed", String(isOn));
  setText(byId("present"), say(isOn ? "button.present_end" : "button.present"));
}

/** @param {boolean} isOpen */
function setOpen(isOpen) {
  byId("side").classList.toggle("open", isOpen);
  byId("rail").setAttribute("aria-expanded", String(isOpen));
}

export const present = () => setPresenting(!root.hasAttribute("data-presenting"));
export const rail = () => setOpen(!byId("side").classList.contains("open"));

/** Ends what covers or replaces the page, and returns whether there was anything. */
export function escape() {
  const isPresenting = root.hasAttribute("data-presenting"), isOpen = byId("side").classList.contains("open");
  if (isPresenting) setPresenting(false);
  else if (isOpen) {
    setOpen(false);
    byId("rail").focus();
  }
  return isPresenting || isOpen;
}

/** @param {HTMLDetailsElement} fold */
export const comeIntoSight = (fold) => fold.scrollIntoView({block: "nearest"});

/** @param {() => void} changed */
function offerThemes(changed) {
  const chosen = select("theme");
  chosen.value = root.dataset.theme ?? "system";
  chosen.addEventListener("change", () => {
    dress(chosen.value);
    remember(chosen.value);
    changed();
  });
}

/**
 * Dresses the page, and keeps its pictures fitted; what is drawn is out of date after each change of theme or room.
 * @param {() => void} changed
 */
export function listen(changed) {
  const observer = new ResizeObserver(() => {
    fitAll();
    clearTimeout(timer);
    timer = setTimeout(changed, PAUSE);
  });
  for (const frame of all(".picture")) observer.observe(frame);
  dark.addEventListener("change", changed);
  if (found("theme")) offerThemes(changed);
  document.addEventListener("toggle", ({target}) => {
    if (target instanceof HTMLDetailsElement && target.open && target.closest(".shelf")) comeIntoSight(target);
  }, true);
  window.addEventListener("beforeprint", () => print(true));
  window.addEventListener("afterprint", () => print(false));
}
