// Small conveniences. Every page works without them.

const announcer = document.getElementById("announcer");

function announce(text) {
  if (!announcer) return;
  announcer.textContent = "";
  // A new turn, so that the same words twice are read twice.
  requestAnimationFrame(() => { announcer.textContent = text; });
}

function wake(root) {
  for (const button of root.querySelectorAll("[data-dismiss], [data-print]")) button.hidden = false;
  const words = root.querySelector("[data-announce]");
  if (words) announce(words.textContent.trim());
  // The newest days stand to the right: that is where a picture wider than the screen opens.
  for (const frame of root.querySelectorAll(".chart-picture")) frame.scrollLeft = frame.scrollWidth;
  root.querySelector("[data-focus]")?.focus();
}

function toast(text) {
  const region = document.getElementById("toasts");
  if (!region) return;
  const box = document.createElement("div");
  const words = document.createElement("p");
  const close = document.createElement("button");
  box.className = "toast";
  box.dataset.tone = "fault";
  words.textContent = text;
  close.type = "button";
  close.className = "toast-close";
  close.dataset.dismiss = "";
  close.setAttribute("aria-label", announcer.dataset.close);
  close.textContent = "×";
  box.append(words, close);
  region.append(box);
}

function closePopovers(except) {
  for (const open of document.querySelectorAll("details.why[open], details.me[open]")) {
    if (!except || !open.contains(except)) open.open = false;
  }
}

document.addEventListener("click", (event) => {
  closePopovers(event.target);
  const dismiss = event.target.closest("[data-dismiss]");
  if (dismiss) dismiss.closest(".toast").remove();
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.why[open], details.me[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
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
document.addEventListener("htmx:responseError", () => toast(announcer.dataset.failed));
document.addEventListener("htmx:sendError", () => toast(announcer.dataset.offline));

wake(document);
