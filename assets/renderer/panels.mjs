/* Panels: the forms and tables that follow the network's shape, and what is said beside their fields. */

import * as fields from "./fields.mjs";
import {all, byId, found, select, setText} from "./nodes.mjs";
import {setMatrices} from "./numbers.mjs";

/** @import {Answer, GivenPanels, Panels, Part, Phase} from "protocol" */

let key = "", isReplacing = false;
/** @type {{[id: string]: string}} */
const formulas = {};

/** The name of the panels that the page has. */
export const present = () => key;

/**
 * The document has panels, but for their matrices.
 * @param {GivenPanels | null} given
 */
export function begin(given) {
  if (!given) return;
  setMatrices(given.matrices);
  key = given.key;
}

/** Whether fields are being taken away, of which the browser reports a change then. */
export const areReplaced = () => isReplacing;

/** @param {Answer} answer */
export function show({panels: fresh, phases}) {
  if (!fresh) return;
  const had = document.activeElement, within = had?.closest(":is(#panels, #notes) details")?.id;
  const selected = had instanceof HTMLInputElement ? [had.selectionStart, had.selectionEnd] : [];
  const open = all(":is(#panels, #notes) details[open]").map(({id}) => id), write = fields.written();
  isReplacing = true;
  byId("panels").innerHTML = fresh.settings;
  byId("matrix-choice").innerHTML = fresh.matrix_choice;
  isReplacing = false;
  fill(fresh);
  passes(phases);
  setMatrices(fresh.matrices);
  key = fresh.key;
  write();
  for (const id of open) found(id)?.setAttribute("open", "");
  if (had && document.activeElement !== had) refocus(had, within, selected);
}

/** @param {Panels} fresh */
function fill({table, caption, hint, notes, source, slider}) {
  byId("table").innerHTML = table;
  byId("table-card").hidden = !table;
  byId("table").setAttribute("aria-label", caption);
  setText(byId("table-hint"), hint);
  byId("notes").innerHTML = notes;
  byId("source-card").hidden = !source;
  byId("source-notes").innerHTML = source;
  byId("slider").innerHTML = slider;
}

/** @param {Phase[]} phases */
function passes(phases) {
  byId("passes").replaceChildren(...phases.map(({label, name, steps}) => {
    const mark = document.createElement("span");
    mark.className = name;
    mark.style.flexGrow = String(steps);
    mark.textContent = mark.title = label;
    return mark;
  }));
}

/**
 * What had the focus has it again, with what was selected in it; else what it was in.
 * @param {Element} had
 * @param {string | undefined} within
 * @param {(number | null)[]} selected
 */
function refocus(had, within, [from, to]) {
  const node = found(had.id);
  if (!node) {
    /** @type {HTMLElement | null} */ (document.querySelector(`#${within} > summary`))?.focus({preventScroll: true});
    return;
  }
  node.focus({preventScroll: true});
  if (!(had instanceof HTMLInputElement && node instanceof HTMLInputElement)) return;
  if (had.type !== "text" || node.type !== "text") return;
  if (!fields.isTouched(node.id)) node.value = had.value;
  node.setSelectionRange(from, to);
}

/** @param {Answer} answer */
export function settings(answer) {
  byId("preset").hidden = !("preset" in answer.settings);
  complaints(answer);
  linked(byId("about"), answer.about);
  byId("next").hidden = answer.iterations === 1;
  setText(byId("by-samples"), answer.by_samples);
  typeset("updates", answer.updates?.html ?? "");
  typeset("any-layer", answer.any_layer?.html ?? "");
  typeset("torch", answer.program?.torch ?? "");
  if (!answer.program) return;
  setText(byId("program-words"), answer.program.words);
  byId("program").innerHTML = answer.program.html;
  setText(byId("torch-words"), answer.program.torch_words);
}

/**
 * What is wrong with the text in a field stands beside it.
 * @param {Answer} answer
 */
export function complaints({problems}) {
  for (const message of all(":is(#panels, #chain-card) .problem")) {
    setText(message, problems[message.id.slice(0, -"-problem".length)] || "");
  }
  for (const field of fields.all()) {
    const problem = problems[field.id] || "";
    field.setAttribute("aria-invalid", String(Boolean(problem)));
    if (problem) field.setAttribute("aria-describedby", `${field.id}-problem`);
    else field.removeAttribute("aria-describedby");
  }
}

/**
 * A network of one's own can be chosen again as soon as there is one.
 * @param {string} name
 * @param {boolean} isKnown
 */
export function offer(name, isKnown) {
  const option = select("preset").querySelector("option[value=\"" + name + "\"]");
  if (option instanceof HTMLOptionElement) option.disabled = !isKnown;
}

/**
 * Texts in a row, some of which lead to an address of our own table.
 * @param {HTMLElement} node
 * @param {Part[]} parts
 */
function linked(node, parts) {
  const shown = JSON.stringify(parts);
  if (node.dataset.shown === shown) return;
  node.dataset.shown = shown;
  node.replaceChildren(...parts.map(({text, address}) => {
    if (!address) return text;
    const link = document.createElement("a");
    return Object.assign(link, {href: address, target: "_blank", rel: "noopener", textContent: text});
  }));
}

/**
 * Formulas, and a program, are written only where they are others: their numbers are filled in anyway.
 * @param {string} id
 * @param {string} html
 */
function typeset(id, html) {
  if (formulas[id] === html) return;
  formulas[id] = html;
  byId(id).innerHTML = html;
}
