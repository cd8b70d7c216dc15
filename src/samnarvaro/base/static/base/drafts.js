// What one has begun to write about a row stays when another of its acts is chosen, or its form is
// shut and opened again. Kept on this page alone, and forgotten when it is sent.

const begun = new Map();
const words = (row) => row.querySelector(".act-form textarea");

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const row = detail.target;
  if (!row.matches(".work-row") || !detail.shouldSwap) return;
  if (detail.requestConfig.verb !== "get") begun.delete(row.id);
  else if (words(row)) begun.set(row.id, words(row).value);
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const row = document.getElementById(detail.target.id);
  const field = row && words(row);
  if (!field || field.value || !begun.get(row.id)) return;
  field.value = begun.get(row.id);
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
