// A page and its parts when they come: what needs a script is shown, focus and words are looked after.

import { announce } from "./announce.js";

function wake(root) {
  for (const button of root.querySelectorAll("[data-dismiss], [data-print]")) button.hidden = false;
  const words = root.querySelector("[data-announce]");
  if (words) announce(words.textContent.trim());
  // The newest days stand to the right: that is where a picture wider than the screen opens.
  for (const frame of root.querySelectorAll(".chart-picture")) frame.scrollLeft = frame.scrollWidth;
  root.querySelector("[data-focus]")?.focus();
}

let hadFocus = false;
document.addEventListener("htmx:beforeSwap", (event) => {
  hadFocus = event.detail.target.contains(document.activeElement);
});
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.target.isConnected
    ? event.detail.target
    : document.getElementById(event.detail.target.id);
  if (!part) return;
  wake(part);
  // The button that was pressed may be gone: focus stays in the part, not at the top of the page.
  // Focus that was elsewhere stays there: a part may ask for itself, and nobody pressed anything.
  if (hadFocus && document.activeElement === document.body) {
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
  }
});

wake(document);
