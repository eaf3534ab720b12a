/* Fields: what a hand puts into one counts until an answer has taken it; an answer sets all others.
 *
 * touched   when a hand was at each field last, since its text was taken: a count of all such times
 * spelled   how the text that was taken is written in the field that has the focus, until that is left
 */
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const touched = new Map();
  let count = 0, latest = "", spelled = null, data = "";

  const all = () => [...document.querySelectorAll("[data-field]:not([hidden])")];
  const isTouched = (id) => touched.has(id);

  function touch(id) {
    count += 1;
    latest = id;
    touched.set(id, count);
  }

  /* Puts a text into a field as a hand does. */
  function put(id, text) {
    byId(id).value = text;
    touch(id);
  }

  /* What is touched now, to be sent: its texts, until when it was touched, and what last. */
  function typed() {
    const texts = all().filter(({id}) => isTouched(id)).map(({id, value}) => [id, value]);
    return {texts: Object.fromEntries(texts), until: count, latest};
  }

  /* Of the texts that were to be sent, those that no answer has taken meanwhile. */
  function untaken(texts) {
    return Object.fromEntries(Object.entries(texts).filter(([id]) => isTouched(id)));
  }

  /* An answer has taken what was touched until it was asked for; what it refuses stays touched. */
  function taken(readings, {texts, until, more}) {
    const isOfTexts = !more.action && !more.typed;
    for (const [id, when] of touched) {
      if (when > until) continue;
      if (id === "csv" ? readings.kept.data === data : readings.problems[id]) continue;
      touched.delete(id);
      const isInUse = byId(id) && byId(id) === document.activeElement && byId(id).value === texts[id];
      if (isInUse && isOfTexts) spelled = {id, text: texts[id], value: readings.settings[id]};
    }
    data = readings.kept.data;
  }

  function set({settings, kept}) {
    for (const id of touched.keys()) if (!byId(id)) touched.delete(id);
    for (const field of all()) {
      const {id, value, tagName} = field, isInUse = field === document.activeElement && tagName === "INPUT";
      const isSpelled = spelled?.id === id && spelled.text === value && spelled.value === settings[id];
      if (!isTouched(id) && !(isInUse && isSpelled)) write(field, settings[id]);
    }
    if (byId("csv") && !isTouched("csv")) write(byId("csv"), inTable(kept));
  }

  /* Samples as CSV, below their names where these have any. */
  const inTable = ({names, data: rows}) => `${names}${names && ";"}${rows}`.replaceAll(";", "\n");

  /* The caret stays where it is; at the end it stays at the end. */
  function write(field, text) {
    if (field.value === text) return;
    const {value, selectionStart: from, selectionEnd: to} = field;
    const at = (place) => (place === value.length ? text.length : place);
    field.value = text;
    if (field === document.activeElement && field.setSelectionRange) field.setSelectionRange(from && at(from), at(to));
  }

  /* The texts of a hand, to be put into the fields that take the place of these. */
  function written() {
    const texts = [...touched.keys()].filter(byId).map((id) => [id, byId(id).value]);
    return () => texts.forEach(([id, text]) => { if (byId(id)) byId(id).value = text; });
  }

  function leave(readings) {
    spelled = null;
    set(readings);
  }

  function release(id) {
    touched.delete(id);
  }

  function forget() {
    touched.clear();
    spelled = null;
  }

  document.addEventListener("input", ({target}) => {
    if (target.id === "csv" || ("field" in target.dataset && target.tagName === "INPUT")) touch(target.id);
  });
  document.addEventListener("change", ({target}) => {
    if ("field" in target.dataset && target.tagName === "SELECT") touch(target.id);
  });

  window.nnviz = {...window.nnviz, fields: {all, forget, isTouched, leave, put, release, set, taken, typed, untaken, written}};
})();
