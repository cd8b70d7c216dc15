// The finder over any page: opened by a key, walked by the arrow keys, gone by Esc.

import { isBlank } from "./blank.js";
import { onKey } from "./keys.js";

const dialog = document.getElementById("palette");
const hits = document.getElementById("palette-hits");
const field = document.getElementById("palette-q");
let answered = null; // the words that the hits on the screen are for

function open() {
  if (!dialog || dialog.open || isBlank()) return false;
  field.value = "";
  answered = null;
  dialog.showModal();
  field.focus();
  window.htmx.trigger(field, "palette:open");
  return true;
}

function step(by) {
  const stops = [field, ...hits.querySelectorAll("a")];
  const here = stops.indexOf(document.activeElement);
  stops[Math.min(Math.max(here + by, 0), stops.length - 1)]?.focus();
}

function walk(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && event.target === field && answered === field.value) {
    const first = hits.querySelector("a");
    if (!first) return;
    event.preventDefault();
    first.click();
  } else if (event.key.length === 1 && event.target !== field && !event.ctrlKey && !event.metaKey) {
    field.focus(); // whoever types goes on typing
  }
}

if (dialog) {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette]") && open()) event.preventDefault();
    if (event.target === dialog || event.target.closest("[data-close-palette]")) dialog.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    if (dialog.open || open()) event.preventDefault();
  });
  dialog.addEventListener("keydown", walk);
  // No name stays behind on the page.
  dialog.addEventListener("close", () => hits.replaceChildren());
  dialog.addEventListener("htmx:beforeSwap", (event) => {
    if (!dialog.open) event.detail.shouldSwap = false;
  });
  dialog.addEventListener("htmx:afterSwap", (event) => {
    answered = new URLSearchParams(event.detail.pathInfo.finalRequestPath.split("?")[1]).get("q");
  });
  onKey("/", open);
}
