/* The widget: shows the player in a frame of a notebook, and passes on what the player and Python tell each other. */

/** @import {Place, StandaloneRequest, Theme} from "protocol" */
/** @import {Told} from "./host.mjs" */

/**
 * What a notebook knows of the widget, as anywidget gives it.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {() => void} save_changes
 * @property {(event: string, hear: () => void) => void} on
 * @property {(event: string, hear: () => void) => void} off
 *
 * @typedef {{kind: "ask", request: Omit<StandaloneRequest, "player">} | {kind: "arrived", place: Place}
 *   | {kind: "look", room: [number, number]}} Said
 */

const BRIGHT = 128; // of 255

/**
 * The theme that the notebook has where a node is: where its texts are bright it is dark.
 * @param {Element} node
 * @returns {Theme}
 */
function theme(node) {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return "light";
  pen.fillStyle = getComputedStyle(node).color;
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
  return (red + green + blue) / 3 > BRIGHT ? "dark" : "light";
}

/**
 * Shows the player; what is returned ends that.
 * @param {{model: Model, el: HTMLElement}} given
 */
function render({model, el}) {
  const frame = document.createElement("iframe"), player = crypto.getRandomValues(new Uint32Array(2)).join("-");
  /** @type {MessagePort | null} */
  let port = null;
  /** @type {Place | null} */
  let here = null; // where the reader is, as far as the model does not have it yet
  let arrivals = 0; // tells one from another to the same place

  /** @param {Told} told */
  const tell = (told) => port?.postMessage(told);
  const dress = () => tell({kind: "theme", theme: theme(el)});
  const resize = () => { frame.style.height = `${model.get("height")}px`; };

  /** What was drawn for the room of another player is not for this one, unless it has nothing yet. */
  function answer(isFirst = false) {
    const {packed, serial, player: of, to} = model.get("_answered"), isOwn = of === player;
    if (packed && (isOwn || isFirst || to !== "room")) tell({kind: "answer", packed, to: isOwn ? to : "all", serial});
  }

  /** Where the player is by itself it need not be told to go. */
  function place() {
    const {player: of, ...at} = model.get("_place");
    if (of === player) return;
    here = null;
    tell({kind: "place", place: at, isFirst: false});
  }

  /** What is shown is told before where. */
  const follow = () => queueMicrotask(place);

  /** @param {MessageEvent<Said>} event */
  function onSaid({data}) {
    if (data.kind === "ask") model.set("_asked", {...data.request, player});
    else if (data.kind === "look") model.set("_room", {room: data.room, player});
    else {
      here = data.place;
      model.set("_arrived", {...here, player, number: arrivals += 1});
    }
    model.save_changes();
  }

  /** A notebook that moves the frame loads it anew. */
  function connect() {
    const channel = new MessageChannel();
    port = channel.port1;
    port.addEventListener("message", onSaid);
    port.start();
    frame.contentWindow?.postMessage("nnviz", "*", [channel.port2]);
    dress();
    answer(true);
    const {iteration, cursor} = here ?? model.get("_place");
    tell({kind: "place", place: {iteration, cursor}, isFirst: true});
  }

  /** @type {[string, () => void][]} */
  const heard = [
    ["change:_answered", () => answer()], ["change:_place", follow], ["change:height", resize],
  ];
  for (const [event, hear] of heard) model.on(event, hear);
  const observer = new MutationObserver(dress);
  for (const node of [document.documentElement, document.body]) observer.observe(node, {attributes: true});
  Object.assign(frame.style, {display: "block", width: "100%", border: "0"});
  resize();
  frame.title = model.get("_title");
  frame.srcdoc = model.get("_document");
  frame.addEventListener("load", connect);
  el.append(frame);
  return () => {
    observer.disconnect();
    for (const [event, hear] of heard) model.off(event, hear);
  };
}

export default {render};
