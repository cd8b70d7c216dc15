// Short words after an act, and what to say when the server did not answer.

import { words } from "./announce.js";

function toast(text) {
  const region = document.getElementById("toasts");
  if (!region) return;
  const box = document.createElement("div");
  const said = document.createElement("p");
  const close = document.createElement("button");
  box.className = "toast";
  box.dataset.tone = "fault";
  said.textContent = text;
  close.type = "button";
  close.className = "toast-close";
  close.dataset.dismiss = "";
  close.setAttribute("aria-label", words.close);
  close.textContent = "×";
  box.append(said, close);
  region.append(box);
}

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".toast").remove();
});
document.addEventListener("htmx:responseError", () => toast(words.failed));
document.addEventListener("htmx:sendError", () => toast(words.offline));
