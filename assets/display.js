/* The display: the room that the picture has and how it is scaled to fit, the theme, presenting, and the rail. */
(() => {
  "use strict";

  const GRAIN = 10, LEAST = 100, MOST = 8000, PAUSE = 200, KEY = "nnviz-theme", PAPER = 680; // pixels, milliseconds
  const root = document.documentElement, byId = (id) => document.getElementById(id);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const sizes = new Map();

  let listener = () => {}, timer = 0, isOnPaper = false;

  /* ---- the room, and what is fitted into it ---- */

  function room() {
    const {clientWidth, clientHeight} = byId("picture");
    return [clientWidth, clientHeight].map((side) => Math.max(LEAST, Math.min(MOST, Math.floor(side / GRAIN) * GRAIN)));
  }

  /* What has a size is scaled until it fills its frame, but never below the scale at which it can be read. */
  function fit(id) {
    const {width, height, least} = sizes.get(id) ?? {}, frame = byId(id)?.closest(".picture");
    if (!width || !frame.clientWidth) return;
    const across = (isOnPaper ? PAPER : frame.clientWidth) / width;
    const down = isOnPaper || frame.dataset.grows !== undefined ? Infinity : frame.clientHeight / height;
    const scale = isOnPaper ? Math.min(across, 1) : Math.max(Math.min(across, down), least);
    Object.assign(byId(id).style, {width: `${width}px`, height: `${height}px`, transform: `scale(${scale})`});
    const around = byId(id).closest(".fitted").style;
    Object.assign(around, {width: `${Math.floor(width * scale)}px`, height: `${Math.floor(height * scale)}px`});
  }

  function size(id, width, height, least) {
    sizes.set(id, {width, height, least});
    fit(id);
  }

  function fitAll() {
    for (const id of sizes.keys()) fit(id);
  }

  function print(isBegun) {
    isOnPaper = isBegun;
    fitAll();
  }

  function changed() {
    fitAll();
    clearTimeout(timer);
    timer = setTimeout(() => listener(), PAUSE);
  }

  function watch() {
    const observer = new ResizeObserver(changed);
    for (const frame of document.querySelectorAll(".picture")) observer.observe(frame);
    byId("theme").value = root.dataset.theme ?? "system";
  }

  /* ---- theme, presenting, rail ---- */

  function theme() {
    return root.dataset.theme ?? (dark.matches ? "dark" : "light");
  }

  function dress(name) {
    if (name === "light" || name === "dark") root.dataset.theme = name; else delete root.dataset.theme;
  }

  function choose(name) {
    dress(name);
    try {
      localStorage.setItem(KEY, name);
    } catch { /* a browser may forbid it */ }
    listener();
  }

  function remembered() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  function present(isOn) {
    root.toggleAttribute("data-presenting", isOn);
    byId("present").setAttribute("aria-pressed", String(isOn));
    byId("present").textContent = window.nnviz.painting.say(isOn ? "button.present_end" : "button.present");
  }

  function open(isOpen) {
    byId("side").classList.toggle("open", isOpen);
    byId("rail").setAttribute("aria-expanded", String(isOpen));
  }

  /* Ends what covers or replaces the page, and returns whether there was anything. */
  function escape() {
    const isPresenting = root.hasAttribute("data-presenting"), isOpen = byId("side").classList.contains("open");
    if (isPresenting) present(false);
    else if (isOpen) {
      open(false);
      byId("rail").focus();
    }
    return isPresenting || isOpen;
  }

  dress(remembered());
  watch();
  dark.addEventListener("change", () => listener());
  document.addEventListener("change", ({target}) => { if (target.id === "theme") choose(target.value); });
  document.addEventListener("toggle", ({target}) => {
    if (target.open && target.closest(".shelf")) target.scrollIntoView({block: "nearest"});
  }, true);
  window.addEventListener("beforeprint", () => print(true));
  window.addEventListener("afterprint", () => print(false));

  window.nnviz = {
    ...window.nnviz,
    display: {
      escape, room, size, theme,
      present: () => present(!root.hasAttribute("data-presenting")),
      rail: () => open(!byId("side").classList.contains("open")),
      onChange(action) { listener = action; },
      scale: (node) => node.getBoundingClientRect().width / node.offsetWidth,
    },
  };
})();
