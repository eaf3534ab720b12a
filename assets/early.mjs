/* Early: it stands in the document itself, before anything is painted, and keeps what is pressed before the others come.
 *
 * The theme that the reader chose is on the first paint. Where the history holds what no link can, what the link alone
 * asks for is not shown.
 */

const root = document.documentElement;
try {
  const theme = localStorage.getItem("nnviz-theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
} catch { /* a browser may forbid it */ }
if (history.state?.file) root.dataset.early = "other";
addEventListener("click", ({target}) => {
  const button = target instanceof Element ? target.closest("#player button") : null;
  if (button && !root.dataset.begun) root.dataset.pressed = `${root.dataset.pressed ?? ""} ${button.id}`;
}, true);
