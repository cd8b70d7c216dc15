// Pressing a bar swaps the page for that part of it, in place; Esc goes back to the whole.
// Without this script the same links load the page anew.

import { onKey } from "./keys.js";

const PLACE = "[data-swaps]";

function swap(address, remember) {
  const place = document.querySelector(PLACE);
  if (!place || !window.htmx) return false;
  if (remember) history.pushState({ swapped: true }, "", address);
  window.htmx.ajax("GET", address, { target: `#${place.id}`, swap: "outerHTML" });
  return true;
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest(`${PLACE} svg.bars a, ${PLACE} [data-resets]`);
  const address = link?.getAttribute("href");
  if (address && swap(address, true)) event.preventDefault();
});

onKey("Escape", () => {
  if (document.querySelector("details.why[open], details.me[open]")) return false;
  const link = document.querySelector(`${PLACE} [data-resets]`);
  return link ? swap(link.getAttribute("href"), true) : false;
});

window.addEventListener("popstate", () => {
  if (document.querySelector(PLACE)) location.reload();
});
