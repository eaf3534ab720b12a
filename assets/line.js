/* The line to the server. Dash tells nobody when its request fails or takes long, so its requests are watched. */
(() => {
  "use strict";

  const ENGINE = "/_dash-update-component", LONG = 5000, LONGEST_PAUSE = 30000, RENEWED = "nnviz.renewed";
  const GATEWAY = [502, 503, 504]; // a server before ours does not reach it
  const {address} = window.nnviz;
  let isFresh = true, owner = null, pause = 0, timer = 0, said = {text: ""};

  const painting = () => window.nnviz.painting;

  /* ``page`` has unanswered(of) and refused(of), of the request of that serial number, and again(). */
  function connect(page) { owner = page; }

  function watch(reply, body) {
    const late = setTimeout(() => say("page.slow"), LONG);
    const of = {serial: Number(/"serial":(\d+)/.exec(body)?.[1]), isSlice: body.includes('"train-request"')};
    reply.then((response) => {
      clearTimeout(late);
      if (response.ok) answered(of, body);
      else if (GATEWAY.includes(response.status)) unanswered(of);
      else refused(of, response.status, body);
    }, () => {
      clearTimeout(late);
      unanswered(of);
    });
  }

  function answered(of, body) {
    const wasDown = isDown();
    if (said.isSlice === undefined || said.isSlice === of.isSlice) hush();
    if (!body.includes('"kept":null')) setRenewed("");
    else if (isFresh && renewed() === "yes") painting().notify(painting().say("page.renewed"));
    isFresh = false;
    pause = 0;
    clearTimeout(timer);
    if (wasDown) owner.again();
  }

  function unanswered(of) {
    owner.unanswered(of);
    say("page.failed");
    pause = Math.min(LONGEST_PAUSE, 2 * pause || 1000);
    clearTimeout(timer);
    timer = setTimeout(again, pause);
  }

  const isDown = () => pause > 0;

  /* What nobody looks at waits until somebody does. */
  function again() {
    if (isDown() && !document.hidden) owner.again();
  }

  function refused(of, status, body) {
    const megabytes = (new Blob([body]).size / 2 ** 20).toFixed(1), isOld = status < 500 && status !== 413;
    if (isOld && renewed() === "") {
      setRenewed("yes");
      address.write();
      location.reload();
      return;
    }
    owner.refused(of);
    if (status === 413) say("page.too_large", of, {size: megabytes, most: document.documentElement.dataset.most});
    else say(isOld ? "page.not_understood" : "page.error", of);
  }

  /* "yes" where the page has been loaded anew since the server understood it; where nothing is kept, nobody knows. */
  function renewed() {
    try { return sessionStorage.getItem(RENEWED) ?? ""; } catch { return "unknown"; }
  }

  function setRenewed(text) {
    try { sessionStorage.setItem(RENEWED, text); } catch { /* renewed() knows */ }
  }

  /* A notice goes when it is no longer true: that of a refusal when a request like the refused one is answered. */
  function say(key, {isSlice} = {}, {size, most} = {}) {
    said = {text: painting().say(key).replace("{size}", size).replace("{most}", most), isSlice};
    painting().notify(said.text);
  }

  function hush() {
    painting().unnotify(said.text);
    said = {text: ""};
  }

  const send = window.fetch;
  window.fetch = (...given) => {
    const reply = send(...given);
    if (String(given[0]).includes(ENGINE)) watch(reply, String(given[1]?.body));
    return reply;
  };
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", again);

  window.nnviz = {...window.nnviz, line: {connect, isDown}};
})();
