// When somebody walks in: one key blanks every open page of ours, and brings them back.
//
// The page stays as it is behind, with what was written; nothing of it can be seen, reached or read out.

const KEPT = "samnarvaro-blank";
const ANYWHERE = "F9"; // also in the middle of a text
const root = document.documentElement;
const title = document.querySelector("title");
const panel = document.getElementById("blank");
let before = null;

export function isBlank() {
  return "blank" in root.dataset;
}

function keep(blank) {
  try {
    if (blank) localStorage.setItem(KEPT, "1");
    else localStorage.removeItem(KEPT);
  } catch {
    // Nothing is kept: this page alone is blank.
  }
}

function hide() {
  if (isBlank()) return;
  // An open dialog would keep the way back out of reach.
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  before = { focus: document.activeElement, top: window.scrollY };
  title.dataset.said = title.textContent;
  title.textContent = root.dataset.quiet;
  root.dataset.blank = "";
  panel.querySelector("button").focus();
}

function show() {
  if (!isBlank()) return;
  delete root.dataset.blank;
  title.textContent = title.dataset.said;
  window.scrollTo(0, before?.top ?? 0);
  before?.focus?.focus({ preventScroll: true });
  before = null;
}

export function turn() {
  keep(!isBlank());
  if (isBlank()) show();
  else hide();
}

function asKept() {
  try {
    if (localStorage.getItem(KEPT)) hide();
    else show();
  } catch {
    // As above.
  }
}

if (panel) {
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-blank-screen]")) return;
    event.preventDefault();
    turn();
  });
  // Before everybody else, also while something else would listen to the key.
  window.addEventListener("keydown", (event) => {
    const back = isBlank() && (event.key === "Escape" || event.key.toLowerCase() === "b");
    if (!back && event.key !== ANYWHERE) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    turn();
  }, true);
  window.addEventListener("storage", (event) => { if (event.key === KEPT) asKept(); });
  window.addEventListener("pageshow", asKept);
  // An answer that comes while the screen is blank may bring a title of its own.
  new MutationObserver(() => {
    if (!isBlank() || title.textContent === root.dataset.quiet) return;
    title.dataset.said = title.textContent;
    title.textContent = root.dataset.quiet;
  }).observe(title, { childList: true });
  if (isBlank()) panel.querySelector("button").focus();
}
