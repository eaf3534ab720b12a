/* The table of the losses, from lines of CSV: the first one is the header. */

import {byId, setText} from "./nodes.mjs";
import {say} from "./words.mjs";
import {reach} from "../state/listing.mjs";
import {end} from "../state/runs.mjs";

/** @import {State} from "../state/training.mjs" */

let drawn = "";

/** @param {Readonly<State>} state */
export function show({listing, run, job}) {
  const isUnderWay = job.tag !== "idle" && job.lists, known = isUnderWay ? 0 : reach(listing, run);
  setText(byId("losses-words"), known ? listing.words : say(end(run) ? "page.waiting" : "losses.unlisted"));
  byId("losses-table").hidden = byId("save-losses").hidden = !known;
  if (!known || listing.csv === drawn) return;
  drawn = listing.csv;
  byId("losses-table").replaceChildren(table(listing.csv));
}

/** @param {string} csv */
function table(csv) {
  const made = document.createElement("table"), [header = [], ...rows] = csv.trimEnd().split("\n").map((line) => line.split(","));
  made.createTHead().insertRow().append(...header.map((text) => cell("th", text, "col")));
  const body = made.createTBody();
  for (const [first = "", ...others] of rows) body.insertRow().append(cell("th", first, "row"), ...others.map((text) => cell("td", text)));
  return made;
}

/**
 * @param {"th" | "td"} kind
 * @param {string} text
 * @param {string} scope
 */
function cell(kind, text, scope = "") {
  const made = document.createElement(kind);
  made.textContent = text;
  if (scope) made.setAttribute("scope", scope);
  return made;
}
