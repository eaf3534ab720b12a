/* Training: asks for one slice after the other, and keeps what they left.
 *
 * run     what is known of the run that is shown: its key, places of it (marks), E so far (curve; with batches also
 *         that of all samples, overall), what it came to in words, and how far the curve reached then
 * other   the same of a run to compare with, and where the reader was in it
 * job     the training that is under way, of one of them: where it is, its goal, and what was there before
 * asked   the request that is under way, and the run that it is of
 */
(() => {
  "use strict";

  const MOST_ON_PATH = 120;
  const {address, display, painting, player} = window.nnviz;
  const byId = (id) => document.getElementById(id);
  const noLosses = () => ({iterations: [], losses: []});
  const nothing = () => ({key: "", marks: [], curve: noLosses(), overall: noLosses(), said: {at: 0, text: ""}});
  const known = ({key, marks, curve, overall, said}) => ({key, marks, curve, overall, said});

  let run = nothing(), other = null, job = null, serial = 0, asked = null, drawn = "", unanswered = null, heard = null, jump = null;

  /* ---- places of a run ---- */

  const end = (of) => of.curve.iterations.at(-1) ?? 0;
  const nearest = (of, iteration) => of.marks.findLast((mark) => mark.iteration <= iteration) ?? null;

  function keep(of, marks) {
    const all = new Map([...of.marks, ...marks].map((mark) => [mark.iteration, mark]));
    of.marks = [...all.values()].sort((a, b) => a.iteration - b.iteration);
  }

  function path(iteration) {
    const walked = run.marks.filter((mark) => mark.iteration <= iteration), every = Math.ceil(walked.length / MOST_ON_PATH);
    return walked.filter((_, number) => number % every === 0);
  }

  /* What the page needs to ask for an iteration: the place of the run that is nearest before it, and what it shows. */
  function wanted(iteration) {
    const views = ["learned", "ground"].filter((view) => byId(`${view}-fold`).open);
    const isReady = other && job?.of !== other;
    return {
      run: run.key,
      mark: nearest(run, iteration),
      views,
      pair: pair(),
      path: views.includes("ground") ? path(iteration) : [],
      beside: isReady ? {...place(other), texts: other.texts, mark: nearest(other, other.iteration)} : null,
    };
  }

  const place = ({iteration, cursor}) => ({iteration, step: cursor});
  const pair = () => `${byId("ground-across").value} ${byId("ground-up").value}`;

  /* The page is about to show an iteration, of this run or of another one. */
  function meet(answer) {
    if (!answer.mark) return;
    if (answer.opened || (run.key && answer.run !== run.key)) {
      run = nothing();
      if (job?.of !== other) stop();
    }
    run.key = answer.run;
    keep(run, [answer.mark]);
  }

  /* The page shows another iteration, or what a link or a file brought. */
  function arrived(answer, asks) {
    if (!answer.mark) return;
    const there = {iteration: Number(asks.iteration), cursor: Number(asks.step)};
    if (answer.opened) restore(answer, {...there, iteration: answer.beyond || answer.iteration});
    else if (answer.beyond) begin({of: run, goal: answer.beyond, since: 1, at: answer.iteration, visit: there});
    else follow();
  }

  /* ---- asking for slices ---- */

  function ask(of, mark, more) {
    const readings = player.readings();
    const told = (one) => ({
      texts: one === run ? readings.kept : one.texts,
      curve: one.curve,
      overall: one.overall,
      shown: one === run ? readings.iteration : one.iteration,
    });
    serial += 1;
    asked = {serial, of, isChart: more.goal === null, isJump: Boolean(jump)};
    const data = {
      serial,
      run: told(of),
      other: other && of !== other ? told(other) : null,
      mark,
      since: 1,
      count: "",
      below: "",
      jump,
      scale: byId("train-scale").value,
      theme: display.theme(),
      ...more,
    };
    jump = null;
    window.dash_clientside.set_props("train-request", {data});
  }

  function begin(what) {
    const {marks, curve, overall, said} = what.of, at = player.place();
    job = {before: {marks, curve, overall, said}, place: at, origin: at, count: "", below: "", ...what};
    buttons();
    next();
  }

  function next() {
    if (!job || job.isPaused) return;
    const {of, at, since, goal, count, below} = job;
    ask(of, nearest(of, at), {since, goal, count, below});
  }

  /* Training goes on from the iteration that is shown; what the curve has already is only searched for a lower E. */
  function train(count) {
    if (job?.isQuiet) stop();
    if (job) return;
    const since = player.readings().iteration, below = byId("train-below").value;
    begin({of: run, goal: 0, since, at: below.trim() ? since : Math.max(since, end(run)), count, below});
  }

  function receive(slice) {
    if (!slice || !asked || slice.serial !== asked.serial) return;
    const {of, isChart, isJump} = asked;
    asked = null;
    if (of !== run && of !== other) return;
    if (!isChart || isJump) problems(slice.problems);
    if (job && slice.end === "refused") {
      stop();
      return;
    }
    Object.assign(of, {curve: slice.curve, overall: slice.overall});
    if (job) keep(of, slice.marks);
    if (slice.words && !(isChart && of.said.at === end(of))) of.said = {at: end(of), text: slice.words};
    if (of === run) paint(slice);
    if (slice.jump) player.visit(slice.jump, 0);
    if (job && !isChart) goOn(slice);
    if (jump && !asked) askJump();
  }

  function goOn(slice) {
    Object.assign(job, {goal: slice.goal, at: slice.at});
    byId("train-progress").value = slice.progress;
    if (slice.end !== "goes-on") finish(slice.end === "reached" ? slice.goal : slice.at);
    else if (job.isStopping) pause();
    else if (slice.wait) setTimeout(next, slice.wait);
    else next();
  }

  /* The reader is taken where training stopped, unless they have gone elsewhere meanwhile. */
  function finish(at) {
    const {visit, place: before, isQuiet, then} = job, isThere = player.isAt(before);
    stop();
    if (then) then();
    else if (isQuiet || !isThere) follow();
    else if (visit) player.visit(visit.iteration, visit.cursor);
    else player.visit(at, 0);
  }

  function pause() {
    Object.assign(job, {isPaused: true, isStopping: false});
    buttons();
    if (player.isAt(job.place) && !job.visit && job.of === run) {
      player.visit(job.at, 0);
      Object.assign(job, {place: player.place(), isTaken: true});
    }
    ask(job.of, nearest(job.of, job.at), {goal: null});
  }

  function stop() {
    job = null;
    asked = null;
    drawn = "";
    buttons();
  }

  function cancel() {
    const {of, before, origin, place: last, isTaken} = job, isThere = player.isAt(last);
    Object.assign(of, before);
    stop();
    if (isTaken && isThere) player.visit(origin.iteration, origin.cursor); else follow();
  }

  /* The curve reaches up to the last E that the reader has seen; what is missing of it is computed. */
  function follow() {
    const readings = player.readings();
    if (!readings?.mark || (job && !job.isPaused) || !byId("train-fold").open) return;
    const {iteration} = readings, goal = player.knowsError() ? iteration : iteration - 1;
    if (goal > end(run) && !job) {
      begin({of: run, goal, since: end(run), at: end(run), isQuiet: true});
      return;
    }
    const what = JSON.stringify([run.key, end(run), iteration, display.theme(), byId("train-scale").value,
      other && [other.texts, end(other), other.iteration]]);
    if (what === drawn) return;
    drawn = what;
    ask(run, nearest(run, Math.max(1, end(run))), {goal: null});
  }

  /* ---- what is seen of it ---- */

  function paint(slice) {
    painting.plot("losses", slice.chart).then(listen);
    byId("losses-none").hidden = slice.curve.iterations.length > 0;
    byId("train-live").textContent = slice.live;
    if (!slice.live) byId("train-words").textContent = run.said.text;
    player.keepAddress();
  }

  /* A click on the curve goes to that iteration. */
  function listen(chart) {
    if (chart === heard) return;
    heard = chart;
    chart.on("plotly_click", ({points: [{customdata}]}) => { if (customdata) act(() => player.visit(customdata, 0)); });
  }

  function problems(found) {
    for (const id of ["train-count", "train-below", "train-goto"]) {
      byId(`${id}-problem`).textContent = found[id] || "";
      byId(id).setAttribute("aria-invalid", String(id in found));
    }
  }

  function buttons() {
    const isShown = Boolean(job) && !job.isQuiet, had = document.activeElement;
    byId("train").hidden = isShown;
    byId("train-pause").hidden = byId("train-cancel").hidden = !isShown;
    byId("train-progress").hidden = byId("train-live").hidden = !isShown;
    byId("train-pause").textContent = painting.say(job?.isPaused ? "training.go_on" : "training.pause");
    byId("train-words").textContent = isShown ? "" : run.said.text;
    if (!isShown) byId("train-progress").value = 0;
    for (const button of document.querySelectorAll("[data-count]")) button.disabled = isShown;
    byId("compare").hidden = Boolean(other);
    byId("uncompare").hidden = !other;
    refocus(had);
  }

  /* The focus of a button that is gone goes to the one in its place. */
  function refocus(had) {
    if (!had.hidden && !had.disabled) return;
    const heirs = had.id === "compare" || had.id === "uncompare" ? ["compare", "uncompare"] : ["train-pause", "train"];
    if (had.closest("#train-card")) byId(heirs.find((id) => !byId(id).hidden)).focus({preventScroll: true});
  }

  /* ---- comparing ---- */

  function here() {
    const {kept} = player.readings(), own = new URLSearchParams(location.search);
    own.delete("other");
    return {...known(run), ...player.place(), texts: kept, query: own.toString()};
  }

  function compare() {
    address.write();
    other = here();
    changed();
  }

  function swap() {
    if (!other) return;
    address.write();
    stop();
    const there = other;
    other = here();
    run = known(there);
    player.open(there);
  }

  function uncompare() {
    if (job?.of === other) stop();
    other = null;
    changed();
  }

  function changed() {
    drawn = "";
    buttons();
    player.ask();
  }

  /* ---- what a link or a file brings ---- */

  function restore(answer, there) {
    stop();
    other = answer.other && {...nothing(), ...answer.other};
    buttons();
    const goal = Math.max(answer.trained, answer.beyond);
    if (goal < 2 && !other) {
      follow();
      return;
    }
    byId("train-fold").open = true;
    const mine = () => {
      if (other) player.ask();
      if (goal > 1) begin({of: run, goal, since: 1, at: 1, visit: there}); else follow();
    };
    const theirs = other ? Math.max(other.trained, other.iteration) : 0;
    if (theirs > 1) begin({of: other, goal: theirs, since: 1, at: 1, then: mine}); else mine();
  }

  /* ---- what people do ---- */

  const CLICKS = {
    train: () => train(byId("train-count").value),
    "train-pause": () => { if (job?.isPaused) resume(); else if (asked && job) job.isStopping = true; },
    "train-cancel": () => { if (job) cancel(); },
    "train-go": goTo,
    compare,
    swap,
    uncompare,
  };
  const IN_A_FIELD = {"train-count": "train", "train-below": "train", "train-goto": "train-go"};

  function resume() {
    Object.assign(job, {isPaused: false, place: player.place()});
    buttons();
    next();
  }

  function goTo() {
    jump = {text: byId("train-goto").value, reach: Math.max(end(run), player.readings().iteration)};
    if (!asked) askJump();
  }

  /* What is read beside a slice that is under way is read with the next one. */
  function askJump() {
    ask(run, nearest(run, Math.max(1, end(run))), {goal: null});
  }

  /* Who chooses for one axis what the other has exchanges the two. */
  function choosePair(chosen) {
    const other = byId(chosen.id === "ground-up" ? "ground-across" : "ground-up");
    if (other.value === chosen.value) other.value = chosen.dataset.had;
    for (const select of [chosen, other]) select.dataset.had = select.value;
    player.ask({pair: pair()});
  }

  /* What was typed just before counts first. */
  function act(action) {
    if (player.readings()?.mark) player.whenSettled(action);
  }

  document.addEventListener("click", ({target}) => {
    const button = target.closest("button");
    if (button?.dataset.count) act(() => train(button.dataset.count));
    else if (button && button.id in CLICKS) act(CLICKS[button.id]);
  });

  document.addEventListener("keydown", ({key, target}) => {
    if (key === "Enter" && target.id in IN_A_FIELD) act(CLICKS[IN_A_FIELD[target.id]]);
  });

  document.addEventListener("change", ({target}) => {
    if (target.id === "train-scale") follow();
    if (target.id === "ground-across" || target.id === "ground-up") choosePair(target);
  });

  document.addEventListener("toggle", ({target}) => {
    if (!player.readings() || !target.open) return;
    if (target.id === "train-fold") follow();
    if (target.id === "learned-fold" || target.id === "ground-fold") player.ask();
  }, true);

  window.nnviz.training = {
    arrived, meet, wanted,
    /* A slice that is not answered leaves training paused where it was, until it goes on ``isLater`` by itself. */
    failed(isLater) {
      asked = null;
      drawn = "";
      unanswered = isLater ? {goesOn: job && !job.isPaused && !job.isStopping ? job : null} : null;
      if (job?.isQuiet) stop();
      else if (job) Object.assign(job, {isPaused: true, isStopping: false});
      buttons();
    },
    again() {
      if (!unanswered) return;
      const {goesOn} = unanswered;
      unanswered = null;
      if (!job || job !== goesOn) follow(); else if (job.isPaused) resume();
    },
    inAddress() {
      return {...(end(run) > 1 ? {trained: String(end(run))} : {}), ...(other ? {other: other.query} : {})};
    },
    inFile() {
      const more = other && {iteration: other.iteration, step: other.cursor, trained: end(other)};
      const texts = other && new URLSearchParams({...other.texts, ...more}).toString();
      return {...window.nnviz.training.inAddress(), ...(other ? {other: texts} : {})};
    },
  };
  window.dash_clientside.nnviz.receiveSlice = receive;
})();
