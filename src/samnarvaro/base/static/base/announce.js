// What is said to who listens rather than looks.

const announcer = document.getElementById("announcer");

export const words = announcer?.dataset ?? {};

export function announce(text) {
  if (!announcer) return;
  announcer.textContent = "";
  // A new turn, so that the same words twice are read twice.
  requestAnimationFrame(() => { announcer.textContent = text; });
}
