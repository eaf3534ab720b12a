/* What a file has to say: its text, in the encoding that it begins with, or the key of why it is not read.
   One to be opened that is no JSON is its bytes in base 64, as networks of other programs are. */

/** @typedef {"csv" | "open"} Purpose */
/** @typedef {[RegExp, string][]} Table */

const MOST = {csv: 1e6, open: 8e6}, BEGINNING = 1000;
const TOO_LARGE = {csv: "samples.too_large", open: "file.too_large"};
/** @type {Table} */
const NO_TEXT = [
  [/^PK\x03\x04|^\xd0\xcf\x11\xe0/, "samples.workbook"],
  [/^%PDF-/, "samples.pdf"],
  [/^\x89PNG|^\xff\xd8\xff|^GIF8|^RIFF.{4}WEBP|^II\*\0|^MM\0\*/s, "samples.image"],
];
/** @type {Table} */
const MARKS = [[/^\xef\xbb\xbf/, "utf-8"], [/^\xff\xfe/, "utf-16le"], [/^\xfe\xff/, "utf-16be"]];

/**
 * @param {Table} table
 * @param {string} beginning
 */
const first = (table, beginning) => table.find(([pattern]) => pattern.test(beginning))?.[1];

/**
 * A text without a mark that is no UTF-8 was written by an older program for Windows.
 * @param {Uint8Array} bytes
 * @param {string | undefined} mark
 */
function decoded(bytes, mark) {
  try {
    return new TextDecoder(mark ?? "utf-8", {fatal: !mark}).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/**
 * The key of why a text is too large, or "".
 * @param {Purpose} purpose
 * @param {number} size
 */
export const tooLarge = (purpose, size) => (size > MOST[purpose] ? TOO_LARGE[purpose] : "");

/**
 * @param {File} file
 * @param {Purpose} purpose
 * @returns {Promise<{text: string, problem: string}>}
 */
export async function read(file, purpose) {
  const problem = tooLarge(purpose, file.size);
  if (problem) return {text: "", problem};
  const bytes = new Uint8Array(await file.arrayBuffer());
  const beginning = String.fromCharCode(...bytes.subarray(0, BEGINNING)), mark = first(MARKS, beginning);
  const known = first(NO_TEXT, beginning) ?? (!mark && beginning.includes("\0") ? "samples.binary" : "");
  if (purpose === "csv" && known) return {text: "", problem: known};
  const isText = purpose === "csv" || mark || beginning.trimStart().startsWith("{");
  return {text: isText ? decoded(bytes, mark) : await inBase64(file), problem: ""};
}

/**
 * @param {File} file
 * @returns {Promise<string>}
 */
function inBase64(file) {
  const reader = new FileReader();
  return new Promise((resolve, reject) => {
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
