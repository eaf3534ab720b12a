/* Downloads: a text, or what is at an address, as a file. */

/**
 * @param {string} name
 * @param {string} text
 * @param {string} type
 */
export function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], {type}));
  downloadFrom(name, address);
  URL.revokeObjectURL(address);
}

/**
 * @param {string} name
 * @param {string} address
 */
export function downloadFrom(name, address) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}
