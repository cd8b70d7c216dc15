// Single keys that do something: only where nobody is writing, and only for who has not switched them off.

import { isBlank } from "./blank.js";

const acts = new Map();
const FIELDS = "input, textarea, select, [contenteditable]";

export function onKey(key, act) {
  acts.set(key, act);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (document.body.dataset.shortcuts === "off" || isBlank()) return;
  if (event.target.closest?.(FIELDS) || document.querySelector("dialog[open]")) return;
  const act = acts.get(event.key);
  if (act?.(event)) event.preventDefault();
});
