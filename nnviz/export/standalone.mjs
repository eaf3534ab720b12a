/* Steps through an iteration on a page without a server: sets what Python prepared for each cursor. */

/**
 * @typedef {{title: string, meta: string, sentence: string, formula: string, at: string[], traces: {[trace: string]: number[]}}} View
 * @typedef {{since: number, text: string, kind: string, in_full: string, is_rounded: boolean}} Known
 * @typedef {{views: View[], pieces: string[], values: {[id: string]: Known}, words: {play: string, pause: string, unknown: string}}} Given
 */

const PACE = 1000; // milliseconds
/** @type {Given} */
const {views, pieces, values, words} = JSON.parse(byId("given").textContent ?? "");
const end = views.length - 1, slider = /** @type {HTMLInputElement} */ (byId("step"));
/** @type {{[name: string]: () => void}} */
const PRESSES = {
  start: () => go(0), previous: () => go(cursor - 1), next: () => go(cursor + 1), end: () => go(end), play: () => play(!playing),
};
/** @type {{[key: string]: string}} */
const KEYS = {Home: "start", ArrowLeft: "previous", ArrowRight: "next", End: "end", " ": "play"};

let cursor = 0, playing = 0;

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`the page has no ${id}`);
  return node;
}

/** @param {number} asked */
function go(asked) {
  cursor = Math.min(Math.max(asked, 0), end);
  if (cursor === end) play(false);
  const view = views[cursor];
  for (const [trace, numbers] of Object.entries(view.traces)) {
    const group = document.querySelector(`#picture [data-trace="${trace}"]`);
    if (group) group.innerHTML = numbers.map((number) => pieces[number]).join("");
  }
  byId("formula").innerHTML = view.formula;
  for (const part of /** @type {const} */ (["title", "meta", "sentence"])) byId(part).textContent = view[part];
  for (const cell of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-value]"))) fill(cell);
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-row]"))) {
    row.classList.toggle("lit", view.at.includes(row.dataset.row ?? ""));
  }
  slider.value = String(cursor);
  slider.setAttribute("aria-valuetext", view.meta);
  byId("previous").toggleAttribute("disabled", cursor === 0);
  byId("next").toggleAttribute("disabled", cursor === end);
  history.replaceState(null, "", `#${cursor}`);
}

/** @param {HTMLElement} cell */
function fill(cell) {
  const number = values[cell.dataset.value ?? ""], known = number && number.since <= cursor ? number : null;
  cell.textContent = known ? known.text : words.unknown;
  cell.className = known ? `kind-${known.kind}` : "unknown";
  cell.title = known?.is_rounded ? known.in_full : "";
}

/** @param {boolean | number} isOn */
function play(isOn) {
  clearInterval(playing);
  playing = isOn ? setInterval(() => go(cursor + 1), PACE) : 0;
  byId("play").textContent = isOn ? words.pause : words.play;
}

document.addEventListener("click", ({target}) => {
  const button = target instanceof Element && target.closest("button");
  if (button && Object.hasOwn(PRESSES, button.id)) PRESSES[button.id]();
});
document.addEventListener("keydown", (event) => {
  const isOfButton = event.key === " " && event.target instanceof HTMLButtonElement;
  if (event.ctrlKey || event.metaKey || event.altKey || isOfButton || event.target === slider || !KEYS[event.key]) return;
  event.preventDefault();
  PRESSES[KEYS[event.key]]();
});
slider.addEventListener("input", () => go(Number(slider.value)));
window.addEventListener("hashchange", () => go(Number(location.hash.slice(1)) || 0));
go(Number(location.hash.slice(1)) || 0);
