/* Words: the few sentences that the browser shows by itself, as the server gave them. */

/** @type {{[key: string]: string}} */
let words = {};

/** @param {{[key: string]: string}} sentences */
export function speak(sentences) {
  words = sentences;
}

/** @param {string} key */
export const say = (key) => words[key];
