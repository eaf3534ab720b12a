/* Training: asks for one slice after the other, and keeps what they left.
 *
 * run     what is known of the run that is shown: its key, places of it (marks), and E so far (curve)
 * other   the same of a run to compare with, and where the reader was in it
 * job     the training that is under way: from where, to which goal, and what was there before
 */
(() => {
  "use strict";

  const {address, painting, player} = window.nnviz;
  const byId = (id) => document.getElementById(id);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const nothing = () => ({key: "", marks: [], curve: [[], []], words: ""});

  let run = nothing(), other = null, job = null, serial = 0, asked = null, drawn = "";

  /* ---- places of a run ---- */

  const end = (curve) => curve[0].at(-1) ?? 0;
  const nearest = (marks, iteration) => marks.findLast(([at]) => at <= iteration) ?? null;

  function keep(of, marks) {
    const all = new Map([...of.marks, ...marks].map((mark) => [mark[0], mark]));
    of.marks = [...all.values()].sort(([a], [b]) => a - b);
  }

  /* What the page needs to ask for an iteration: the place of the run that is nearest before it. */
  function known(iteration) {
    const views = ["learned", "ground"].filter((view) => byId(`${view}-fold`)?.open);
    return {
      mark: nearest(run.marks, iteration),
      views,
      pair: `${byId("ground-across")?.value || ""} ${byId("ground-up")?.value || ""}`,
      path: views.includes("ground") ? run.marks.filter(([at]) => at <= iteration) : [],
      beside: other && {
        texts: other.texts,
        iteration: other.iteration,
        step: other.cursor,
        mark: nearest(other.marks, other.iteration),
      },
    };
  }

  /* The page is about to show an iteration, of this run or of another one. */
  function meet(answer) {
    if (!answer.run) return;
    if (run.key && answer.run !== run.key) {
      stop();
      run = nothing();
      drawn = "";
    }
    run.key = answer.run;
    keep(run, [answer.mark]);
  }

  /* The page shows another iteration, or what a link or a file brought. */
  function arrived(answer, asks) {
    if (!answer.run) return;
    const place = {iteration: Number(asks.iteration), cursor: Number(asks.step)};
    const brought = brings(answer, asks);
    if (brought) restore(brought, answer);
    else if (answer.beyond) begin({goal: answer.beyond, since: answer.iteration, from: 0, visit: place});
    else follow();
  }

  /* ---- asking for slices ---- */

  function told(of) {
    return {texts: of.texts, curve: of.curve, shown: of.iteration};
  }

  function ask(mark, more) {
    serial += 1;
    const readings = player.readings(), isOther = Boolean(job?.isOther);
    const mine = told({texts: readings.kept, curve: run.curve, iteration: readings.iteration});
    asked = {
      serial,
      run: isOther ? told(other) : mine,
      other: other && !isOther ? told(other) : null,
      mark,
      since: 0,
      goal: 1,
      count: "",
      below: "",
      scale: byId("train-scale").value,
      theme: dark.matches ? "dark" : "light",
      ...more,
    };
    window.dash_clientside.set_props("train-request", {data: asked});
  }

  function next() {
    const {since, goal, count, below, from} = job, of = job.isOther ? other : run;
    ask(nearest(of.marks, from ?? end(of.curve)), {since, goal, count, below});
    job.from = null;
  }

  function begin(what) {
    const before = {marks: run.marks, curve: run.curve, words: run.words};
    const place = player.place();
    job = {before, isPaused: false, place, origin: place, count: "", below: "", ...what};
    buttons();
    next();
  }

  /* Training goes on from the iteration that is shown; what the curve already has of its way is not done again. */
  function train(count) {
    if (job || !player.readings()) return;
    const since = player.readings().iteration, below = byId("train-below").value;
    begin({goal: 0, since, from: since, count, below});
  }

  function receive(slice) {
    if (!slice || !asked || slice.serial !== asked.serial) return;
    asked = null;
    problems(slice.problems);
    if (job && slice.end === "refused") return stop();
    const of = job?.isOther ? other : run;
    of.curve = slice.curve;
    if (job) {
      keep(of, slice.marks);
      of.words = slice.words;
    }
    if (of === run) paint(slice);
    if (!job) return undefined;
    if (!job.isPaused) {
      Object.assign(job, {goal: slice.goal, at: slice.at});
      byId("train-progress").value = slice.progress;
    }
    if (job.isPaused) return undefined;
    if (slice.end !== "goes-on") return finish(slice.at);
    return job.isStopping ? pause() : next();
  }

  /* The reader is taken where training stopped, unless they have gone elsewhere meanwhile. */
  function finish(at) {
    const {visit, place, isQuiet, then} = job;
    stop();
    if (then) return then();
    if (isQuiet) return follow();
    if (visit) return player.visit(visit.iteration, visit.cursor);
    if (player.isAt(place)) player.visit(at, 0); else follow();
    return undefined;
  }

  function pause() {
    job.isPaused = true;
    job.isStopping = false;
    buttons();
    if (player.isAt(job.place) && !job.visit) {
      player.visit(job.at, 0);
      Object.assign(job, {place: player.place(), isTaken: true});
    }
    ask(nearest(run.marks, end(run.curve)), {});
  }

  function stop() {
    job = null;
    buttons();
  }

  function cancel() {
    const {before, origin, place, isTaken} = job, isThere = player.isAt(place);
    asked = null;
    Object.assign(run, before);
    drawn = "";
    stop();
    if (isTaken && isThere) player.visit(origin.iteration, origin.cursor); else follow();
  }

  /* The curve reaches up to the iteration that is shown, and marks it; what is missing of it is computed. */
  function follow() {
    const readings = player.readings();
    if (!readings || (job && !job.isPaused) || !byId("train-fold").open) return undefined;
    const {iteration} = readings, missing = iteration - 1 - end(run.curve);
    if (missing > 0 && !job) {
      const from = end(run.curve);
      return begin({goal: iteration - 1, since: from, from, isQuiet: true});
    }
    const what = JSON.stringify([run.key, end(run.curve), iteration, dark.matches, byId("train-scale").value,
      other && [other.texts, end(other.curve), other.iteration]]);
    if (what === drawn) return undefined;
    drawn = what;
    return ask(nearest(run.marks, Math.max(1, end(run.curve))), {});
  }

  /* ---- what is seen of it ---- */

  function paint(slice) {
    painting.plot("losses", slice.chart);
    byId("losses-none").hidden = slice.curve[0].length > 0;
    byId("train-words").textContent = run.words;
    player.keepAddress();
  }

  function problems(found) {
    for (const id of ["train-count", "train-below", "train-goto"]) {
      byId(`${id}-problem`).textContent = found[id] || "";
      byId(id).setAttribute("aria-invalid", String(id in found));
    }
  }

  function buttons() {
    const isShown = Boolean(job) && !job.isQuiet;
    byId("train").hidden = isShown;
    byId("train-pause").hidden = byId("train-cancel").hidden = !isShown;
    byId("train-progress").hidden = !isShown;
    byId("train-pause").textContent = painting.say(job?.isPaused ? "training.go_on" : "training.pause");
    if (!isShown) byId("train-progress").value = 0;
    for (const button of document.querySelectorAll("[data-count]")) button.disabled = isShown;
    byId("compare").hidden = Boolean(other);
    byId("uncompare").hidden = !other;
  }

  /* ---- comparing ---- */

  const query = () => new URLSearchParams(location.search);

  function here() {
    const {kept} = player.readings(), {iteration, cursor} = player.place(), own = query();
    own.delete("other");
    return {...run, texts: kept, iteration, cursor, query: own.toString()};
  }

  function compare() {
    address.write();
    other = here();
    changed();
  }

  function swap() {
    address.write();
    stop();
    const there = other;
    other = here();
    run = {key: there.key, marks: there.marks, curve: there.curve, words: there.words};
    drawn = "";
    player.open(there);
  }

  function uncompare() {
    other = null;
    changed();
  }

  function changed() {
    drawn = "";
    buttons();
    player.ask();
  }

  /* ---- what a link or a file brings ---- */

  const whole = (text, least) => Math.max(least, Math.floor(Number(text)) || 0);

  /* Returns what a link or a file says of how far its run was trained; the run to compare with is taken up. */
  function brings(answer, asks) {
    const isFile = asks.action === "open" && !answer.problems.open;
    if (asks.kept !== null && !isFile) return null;
    const typed = isFile ? JSON.parse(asks.payload) : asks.typed;
    other = null;
    if (answer.other) {
      const theirs = Object.fromEntries(new URLSearchParams(typed.other));
      other = {...nothing(), texts: answer.other, query: typed.other, trained: whole(theirs.trained, 0),
        iteration: whole(theirs.iteration, 1), cursor: whole(theirs.step, 0)};
    }
    return {trained: whole(typed.trained, 0), place: {iteration: answer.beyond || answer.iteration, cursor: whole(asks.step, 0)}};
  }

  function restore({trained, place}, answer) {
    buttons();
    const goal = Math.max(trained, answer.beyond);
    if (goal < 2 && !other) return follow();
    byId("train-fold").open = true;
    if (other) player.ask();
    const mine = () => {
      if (goal > 1) begin({goal, since: 1, from: 0, visit: place}); else follow();
    };
    if (other?.trained > 1) return begin({goal: other.trained, since: 1, from: 0, isOther: true, isQuiet: true, then: mine});
    return mine();
  }

  /* ---- what people do ---- */

  const CLICKS = {
    train: () => train(byId("train-count").value),
    "train-pause": () => { if (job.isPaused) resume(); else if (asked) job.isStopping = true; else pause(); },
    "train-cancel": cancel,
    "train-go": () => goTo(byId("train-goto").value),
    compare,
    swap,
    uncompare,
  };

  function resume() {
    job.isPaused = false;
    job.place = player.place();
    buttons();
    next();
  }

  function goTo(text) {
    const iteration = Number(text), isThere = Number.isInteger(iteration) && iteration >= 1;
    const reach = Math.max(end(run.curve), player.readings().iteration);
    problems(isThere && iteration <= reach ? {} : {"train-goto": painting.say("training.reach").replace("{most}", reach)});
    if (isThere && iteration <= reach) player.visit(iteration, 0);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || !player.readings()) return;
    if (button.dataset.count) train(button.dataset.count);
    else if (button.id in CLICKS) CLICKS[button.id]();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !player.readings()) return;
    if (event.target.id === "train-count" || event.target.id === "train-below") CLICKS.train();
    if (event.target.id === "train-goto") CLICKS["train-go"]();
  });

  document.addEventListener("change", ({target}) => {
    if (target.id === "train-scale") follow();
    if (target.id === "ground-across" || target.id === "ground-up") player.ask();
  });

  document.addEventListener("toggle", ({target}) => {
    if (!player.readings() || !target.open) return;
    if (target.id === "train-fold") follow();
    if (target.id === "learned-fold" || target.id === "ground-fold") player.ask();
  }, true);

  dark.addEventListener("change", follow);
  painting.drawn("losses").then((graph) => graph.on("plotly_click", ({points: [{customdata}]}) => {
    if (customdata) player.visit(customdata, 0);
  }));

  window.nnviz.training = {
    arrived, known, meet,
    failed() { asked = null; if (job) pause(); },
    inAddress() {
      const trained = end(run.curve);
      return {...(trained > 1 ? {trained: String(trained)} : {}), ...(other ? {other: other.query} : {})};
    },
  };
  window.dash_clientside.nnviz.receiveSlice = receive;
})();
