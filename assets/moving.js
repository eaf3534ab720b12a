/* Moving a number in the picture, or with a slider: what is under the pointer becomes the text of its field. */
(() => {
  "use strict";

  const SLACK = 8; // pixels
  const {fields} = window.nnviz;
  const byId = (id) => document.getElementById(id);
  const graph = () => document.querySelector("#network .js-plotly-plot");

  /* The number on the horizontal axis under the pointer, as a text that a field may hold. */
  function under({reach, step}, event) {
    const axis = graph()._fullLayout.xaxis;
    const across = (event.clientX - graph().getBoundingClientRect().left) / window.nnviz.display.scale(graph());
    const x = axis.p2d(across - axis._offset);
    return String(Number((Math.round(Math.max(-reach, Math.min(reach, x)) / step) * step).toFixed(6)));
  }

  /* ``player`` has drag(), what may be dragged if anything may, isAsking(), and ask(). */
  function connect(player) {
    let moved = null, dragging = false, from = null;

    /* While the server is asked, only the last place moved to is remembered, and asked for next. */
    function move(key, text) {
      const isAsking = player.isAsking();
      moved = isAsking ? {key, text} : null;
      if (isAsking || byId(key).value === text) return;
      fields.put(key, text);
      player.ask();
    }

    /* An answer sets the sliders, except where a hand has moved one further. */
    function settle({figure}) {
      for (const slider of document.querySelectorAll("[data-moves]")) {
        const {moves} = slider.dataset, isFurther = moved?.key === moves && moved.text !== byId(moves).value;
        if (!isFurther && !fields.isTouched(moves)) slider.value = figure.drag.at;
      }
    }

    function onStart(event) {
      const isOurs = player.drag() && event.isPrimary && event.button === 0;
      dragging = Boolean(isOurs && event.target.closest?.("#network .nsewdrag"));
      from = event.pointerType === "touch" ? event : null; // a finger may be about to scroll the page
    }

    function onDrag(event) {
      if (from && event.type === "pointermove" && Math.abs(event.clientX - from.clientX) < SLACK) return;
      from = null;
      if (dragging) move(player.drag().field, under(player.drag(), event));
      if (event.type !== "pointermove") dragging = false;
    }

    document.addEventListener("pointerdown", onStart, true);
    for (const name of ["pointermove", "pointerup"]) document.addEventListener(name, onDrag, true);
    document.addEventListener("pointercancel", () => { dragging = false; }, true);
    return {move, settle, again() { if (moved) move(moved.key, moved.text); }, forget() { moved = null; }};
  }

  window.nnviz = {...window.nnviz, moving: {connect}};
})();
