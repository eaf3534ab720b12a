/* Dialogs: what opens over the page. */

import {byId, found, setText} from "./nodes.mjs";

/** @import {Shared} from "protocol" */

const dialog = (/** @type {string} */ id) => /** @type {HTMLDialogElement | null} */ (found(id));

/** @param {string} id */
export function open(id) {
  dialog(id)?.showModal();
}

export const isAny = () => found("page")?.querySelector("dialog[open]") !== null;

/** @param {Shared} shared */
export function showQrCode({link, picture, note}) {
  const image = /** @type {HTMLImageElement} */ (byId("qr-picture"));
  image.hidden = !picture;
  image.src = picture;
  setText(byId("qr-link"), link);
  setText(byId("qr-note"), note);
  byId("qr-note").hidden = !note;
  open("qr-code");
}
