// The walk by Tab and Shift+Tab, between two buttons of our own so that a page with a single field is
// no trap. `begin` lays them and remembers how things look without focus. Each key looks, before it
// moves on, at what has focus: by then the page has come to rest.

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

  let before, last, stays, backwards, state, faults;
  const sentinel = (id) => {
    const button = document.createElement("button");
    button.id = id;
    button.textContent = id;
    button.style.setProperty("display", "block", "important"); // on a blank screen too
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

  const onTheWay = (node) => node && node !== start && node !== end && node !== document.body;

  const lookAt = (node) => {
    if (before.has(node) && before.get(node) === shape(node)) faults.push(["focus-seen", "it looks the same with focus and without", said(node)]);
    const where = covered(node);
    if (where) faults.push(["focus-free", where, said(node)]);
    if (!onTheWay(last)) return;
    const follows = last.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (!backwards === !follows) faults.push(["tab-order", "it is not next in the order of the page", said(node)]);
  };

  const patience = (node) => {
    if (/^(date|time|datetime-local|month|week)$/.test(node.type)) return 8; // stops of its own inside
    return node.matches("video, audio, iframe") ? 12 : 2;
  };

  const onKey = (event) => {
    const node = document.activeElement;
    stays = node === last ? stays + 1 : 0;
    if (node === (backwards ? start : end)) state = "end";
    else if (!node || node === document.body) state = "lost";
    else if (stays > patience(node)) {
      state = "trap";
      faults.push(["trap", "Tab does not leave it", said(node)]);
    } else if (onTheWay(node) && node !== last) lookAt(node);
    last = node;
    if (state !== "on") event.preventDefault();
  };

  window.walk = {
    begin(turned) {
      [backwards, state, faults, last, stays] = [turned, "on", [], null, 0];
      document.activeElement?.blur();
      before = new Map([...document.querySelectorAll(FOCUSABLE)].map((node) => [node, shape(node)]));
      document.body.prepend(start);
      document.body.append(end);
      addEventListener("keydown", onKey, { capture: true });
      (backwards ? end : start).focus();
    },
    state: () => state,
    finish() {
      removeEventListener("keydown", onKey, { capture: true });
      start.remove();
      end.remove();
      return faults;
    },
  };
})();
