// The walk by Tab and Shift+Tab, between two buttons of our own so that a page with a single field is
// no trap. `begin` lays them and remembers how things look without focus; `step` looks at what has it.

(() => {
  const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], iframe, [contenteditable]";
  const LOOKS = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderColor", "borderWidth", "backgroundColor", "color", "textDecorationLine", "textDecorationThickness"];
  const look = (node) => {
    const style = getComputedStyle(node);
    const outline = style.outlineStyle === "none" || style.outlineWidth === "0px";
    return LOOKS.map((key) => (outline && key.startsWith("outline") ? "" : style[key])).join("|");
  };
  const shape = (node) => [node, node.parentElement, node.closest("label, .field, li")].filter(Boolean).map(look).join("#")
    + [...node.querySelectorAll("*")].slice(0, 6).map(look).join("#");
  const said = (node) => node.outerHTML.slice(0, 160);

  let before, last, stays;
  const sentinel = (id) => {
    const button = document.createElement("button");
    button.id = id;
    button.textContent = id;
    return button;
  };
  const start = sentinel("walk-start");
  const end = sentinel("walk-end");

  const covered = (node) => {
    const box = node.getBoundingClientRect();
    const inside = { left: Math.max(box.left, 0), right: Math.min(box.right, innerWidth), top: Math.max(box.top, 0), bottom: Math.min(box.bottom, innerHeight) };
    if (inside.right - inside.left < 1 || inside.bottom - inside.top < 1) return box.width > 1 && box.height > 1 ? "outside the window" : "";
    const xs = [inside.left + 1, (inside.left + inside.right) / 2, inside.right - 1];
    const ys = [inside.top + 1, (inside.top + inside.bottom) / 2, inside.bottom - 1];
    const over = xs.flatMap((x) => ys.map((y) => document.elementFromPoint(x, y)));
    const free = over.some((each) => each && (node.contains(each) || each.contains(node) || [...(node.labels ?? [])].some((label) => label.contains(each))));
    return free ? "" : `under ${over[4] ? said(over[4]) : "nothing"}`;
  };

  window.walk = {
    begin(backwards) {
      before = new Map([...document.querySelectorAll(FOCUSABLE)].map((node) => [node, shape(node)]));
      document.body.prepend(start);
      document.body.append(end);
      (backwards ? end : start).focus();
      last = null;
      stays = 0;
    },
    // Returns [where we are, faults]: "end" when the other button is reached.
    step(backwards) {
      const node = document.activeElement;
      if (node === (backwards ? start : end)) return ["end", []];
      if (!node || node === document.body) return ["lost", []];
      stays = node === last ? stays + 1 : 0;
      const patience = /^(date|time|datetime-local|month|week)$/.test(node.type) ? 8 : node.matches("video, audio, iframe") ? 12 : 2;
      if (stays >= patience) return ["trap", [["trap", "Tab does not leave it", said(node)]]];
      if (node === last) return ["on", []];
      const faults = [];
      if (before.has(node) && before.get(node) === shape(node)) faults.push(["focus-seen", "it looks the same with focus and without", said(node)]);
      const where = covered(node);
      if (where) faults.push(["focus-free", where, said(node)]);
      if (last && node !== start && node !== end && last !== start && last !== end) {
        const follows = last.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
        if (!backwards === !follows) faults.push(["tab-order", "it is not next in the order of the page", said(node)]);
      }
      last = node;
      return ["on", faults];
    },
    stop() {
      start.remove();
      end.remove();
    },
  };
})();
