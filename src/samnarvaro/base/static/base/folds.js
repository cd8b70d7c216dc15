// What is folded: one panel open at a time, shut by Esc, and unfolded on paper.

const PANELS = "details.why[open], details.me[open], details.menu-more[open]";

document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll(PANELS)) {
    if (!open.contains(event.target)) open.open = false;
  }
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector(PANELS);
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
  event.preventDefault();
});

// What was folded is unfolded on paper, and folded again after.
let unfolded = [];
window.addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("main details:not([open]):not(.fold)")];
  for (const details of unfolded) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of unfolded) details.open = false;
});
