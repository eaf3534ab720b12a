/* Keys: which of them is a press of the player, and which is for what has the focus. */

const SLIDING = /^(Arrow|Page|Home|End)/;

/** @type {{[key: string]: string}} */
const KEYS = {ArrowRight: "step", ArrowLeft: "previous", " ": "play", Home: "home", End: "end", n: "next", r: "restart"};

let isFocusedByPointer = false;

/**
 * The press that a key is, or "".
 * @param {string} key
 */
export const pressOf = (key) => KEYS[key.length === 1 ? key.toLowerCase() : key] ?? "";

/**
 * Whether a key is pressed by itself.
 * @param {KeyboardEvent} event
 */
export const isPlain = ({ctrlKey, metaKey, altKey}) => !(ctrlKey || metaKey || altKey);

/**
 * Whether a key is not for what has the focus.
 * @param {KeyboardEvent} event
 */
export function isFree({key, target}) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("input[type=text], input[type=file], select, textarea")) return false;
  if (target.id === "step" && key.startsWith("Arrow")) return false;
  if (target.dataset.moves && SLIDING.test(key)) return false;
  return !(key === " " && !isFocusedByPointer && target.matches("button, summary"));
}

/** @param {KeyboardEvent} event */
function onKeyUp(event) {
  const isButton = event.target instanceof Element && event.target.matches("button, summary");
  if (event.key === " " && isFocusedByPointer && isButton) event.preventDefault();
}

/** Hears whether a pointer or the keyboard gave something the focus: Space then plays, or presses what has it. */
export function listen() {
  document.addEventListener("keydown", ({key}) => { if (key === "Tab") isFocusedByPointer = false; });
  document.addEventListener("keyup", onKeyUp);
  document.addEventListener("pointerdown", () => { isFocusedByPointer = true; });
}
