// Going through a list: one key to the next pupil.

import { onKey } from "./keys.js";

function press(way) {
  return () => {
    const link = document.querySelector(`[data-round="${way}"]`);
    link?.click();
    return Boolean(link);
  };
}

// An arrow scrolls what is wider than the screen, when focus is there.
function arrow(way) {
  const go = press(way);
  return (event) => !event.target.closest?.(".table-frame, .chart-picture") && go();
}

for (const [key, way] of [["n", "after"], ["p", "before"], ["l", "list"]]) {
  onKey(key, press(way));
  onKey(key.toUpperCase(), press(way));
}
onKey("ArrowRight", arrow("after"));
onKey("ArrowLeft", arrow("before"));
