// What a page, as it stands now, must not have: the barriers that axe does not look for.
// Returns a list of [rule, what, where]. Each rule stands by itself; `seen` tells what a person sees.

(options) => {
  const found = [];
  const all = (css, root = document) => [...root.querySelectorAll(css)];
  const words = (node) => (node?.textContent ?? "").replace(/\s+/g, " ").trim();
  const fault = (rule, node, what = "") => found.push([rule, what, node ? node.outerHTML.slice(0, 160) : ""]);

  const seen = (node) => {
    if (!node?.isConnected || !node.checkVisibility({ visibilityProperty: true })) return false;
    const box = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    return box.width > 1 && box.height > 1 && style.clipPath !== "inset(50%)" && Number(style.opacity) > 0;
  };
  // Seen words, not those for ears only.
  const seenWords = (node) => {
    if (!node) return "";
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walker.nextNode()) if (seen(walker.currentNode.parentElement)) text += walker.currentNode.data;
    return text.trim();
  };
  const name = (node) =>
    (node.getAttribute("aria-label") ?? "") ||
    words(document.getElementById(node.getAttribute("aria-labelledby") ?? "")) ||
    words(node) || (node.querySelector("img")?.alt ?? "") || node.title;

  const WORKS_BY_KEY = "a[href], button, input, select, textarea, summary, label, option, [tabindex], area[href], iframe";
  const FIELDS = "input:not([type=hidden], [type=submit], [type=button], [type=image], [type=reset]), select, textarea";

  const rules = {
    "label-seen": () => {
      for (const field of all(FIELDS).filter(seen)) {
        const labels = [...(field.labels ?? []), document.getElementById(field.getAttribute("aria-labelledby") ?? "")];
        if (labels.some(seenWords)) continue;
        // A tick in a row stands beside what it ticks: “Markera Saga Lind”, and there stands Saga Lind.
        const row = field.closest("tr, li");
        const ticked = words(labels.find(words)).replace(/^\S+\s/, "");
        if (field.type === "checkbox" && row && ticked && seenWords(row).includes(ticked)) continue;
        fault("label-seen", field, "no words beside it say what it is for");
      }
    },
    "works-by-key": () => {
      const pressed = new Set([...all("[onclick], [onmousedown], [onmouseup]"), ...(window.listening ?? [])]);
      for (const node of pressed) {
        if (!(node instanceof Element) || !seen(node) || node === document.body) continue;
        // What holds many things may listen for all of them: each of them is asked by itself.
        const holds = node.matches("form, dialog, fieldset, table, tbody, ul, ol, nav, main");
        if (!holds && !node.matches(WORKS_BY_KEY)) fault("works-by-key", node, "it listens to a pointer only");
      }
      for (const node of all("[role=button], [role=link], [role=checkbox], [role=tab], [role=menuitem]").filter(seen)) {
        if (!node.matches(WORKS_BY_KEY)) fault("works-by-key", node, "no key reaches it");
      }
    },
    "table-heads": () => {
      for (const table of all("table:not([role=presentation], [role=none])").filter(seen)) {
        if (!table.querySelector("th")) fault("table-heads", table, "no heads");
        if (!name(table.caption ?? table)?.length || (!table.caption && !table.matches("[aria-label], [aria-labelledby]"))) {
          fault("table-heads", table, "no caption");
        }
        for (const head of all("th:not([scope])", table)) fault("table-heads", head, "no scope");
      }
    },
    "link-words": () => {
      const vague = /^(här|klicka här|läs mer|mer|visa|visa mer|se|se mer|länk|gå|öppna|here|click here|read more|more|show|see|link|open)[.…»>→]*$/i;
      for (const link of all("a[href]").filter(seen)) {
        if (vague.test(name(link).trim())) fault("link-words", link, "the words alone do not say where it leads");
      }
    },
    "error-tied": () => {
      const described = new Set(all("[aria-describedby], [aria-errormessage]").flatMap((node) =>
        `${node.getAttribute("aria-describedby") ?? ""} ${node.getAttribute("aria-errormessage") ?? ""}`.split(/\s+/)));
      for (const error of all(".error, .errorlist").filter((node) => seen(node) && words(node))) {
        if (!described.has(error.id)) fault("error-tied", error, "no field is described by it");
      }
      for (const field of all('[aria-invalid="true"]').filter(seen)) {
        const ids = `${field.getAttribute("aria-describedby") ?? ""} ${field.closest("fieldset")?.getAttribute("aria-describedby") ?? ""}`;
        const told = ids.split(/\s+/).some((id) => id && words(document.getElementById(id)));
        if (!told) fault("error-tied", field, "nothing tells what is wrong with it");
      }
    },
    "error-summary": () => {
      for (const form of new Set(all('[aria-invalid="true"]').filter(seen).map((field) => field.form))) {
        const wrong = all('[aria-invalid="true"]', form ?? document).filter(seen);
        const summary = all("[role=alert], [role=group], .error-summary").find((box) => box.querySelector('a[href^="#"]') && seen(box));
        for (const field of wrong) {
          const same = field.name ? all(`[name="${CSS.escape(field.name)}"]`, form) : [field];
          const linked = summary && same.some((each) => summary.querySelector(`a[href="#${CSS.escape(each.id)}"]`));
          if (!linked) fault("error-summary", field, "it is not listed with a link at the top");
        }
        if (options.fresh && summary && !summary.contains(document.activeElement)) fault("error-summary", summary, "it did not take focus");
      }
    },
    "overlay": () => {
      const room = innerWidth * innerHeight;
      for (const node of all("body *").filter((each) => getComputedStyle(each).position === "fixed" && seen(each))) {
        const box = node.getBoundingClientRect();
        if (getComputedStyle(node).pointerEvents === "none" || box.width * box.height < room * 0.3) continue;
        if (!node.closest("[role=dialog], [role=alertdialog], dialog") && !node.querySelector("[role=dialog], [role=alertdialog], dialog")) {
          fault("overlay", node, "it lies over the page and is no dialog");
        }
      }
      for (const dialog of all("[role=dialog], [role=alertdialog], dialog[open]").filter(seen)) {
        if (!dialog.matches("[aria-label], [aria-labelledby]")) fault("overlay", dialog, "the dialog has no name");
        if (!dialog.contains(document.activeElement)) fault("overlay", dialog, "focus is not in the dialog");
      }
    },
    "colour-only": () => {
      for (const node of all("body *:not(input, progress, meter, hr, svg, svg *, img, canvas, option)").filter(seen)) {
        const style = getComputedStyle(node);
        const box = node.getBoundingClientRect();
        const filled = !/^(rgba\(0, 0, 0, 0\)|transparent)$/.test(style.backgroundColor);
        const said = words(node) || node.children.length || node.matches("[aria-label], [title]");
        const drawn = style.backgroundImage !== "none" || [":before", ":after"].some((part) => !/^(none|normal|"")$/.test(getComputedStyle(node, part).content));
        if (filled && !said && !drawn && box.width <= 32 && box.height <= 32) fault("colour-only", node, "nothing but its colour speaks");
      }
    },
    "own-id": () => {
      const ids = all("[id]").map((node) => node.id);
      for (const id of new Set(ids.filter((each, at) => ids.indexOf(each) !== at))) fault("own-id", document.getElementById(id), `#${id} is there twice`);
    },
    "drag-and-button": () => {
      for (const node of all("[draggable=true]").filter(seen)) {
        if (!node.querySelector("button, select, a[href]") && !node.matches("a[href]")) fault("drag-and-button", node, "it can only be dragged");
      }
    },
    "title": () => {
      const title = document.title.trim();
      if (!title || /^(–|-|Samnärvaro|untitled|http)/i.test(title)) fault("title", null, `“${title}” does not start with what the page is for`);
    },
    "headings": () => {
      const heads = all("h1, h2, h3, h4, h5, h6").filter((node) => node.checkVisibility() && words(node));
      const ones = heads.filter((node) => node.tagName === "H1");
      if (ones.length !== 1) fault("headings", ones[1] ?? null, `${ones.length} of the first level`);
      let before = 0;
      for (const head of heads) {
        const level = Number(head.tagName[1]);
        if (before && level > before + 1) fault("headings", head, `after level ${before} comes ${level}`);
        before = level;
      }
    },
    "language": () => {
      if (!["sv", "en"].includes(document.documentElement.lang)) fault("language", null, `lang="${document.documentElement.lang}"`);
      const english = /\b(the|and|of|is|with|you|your|this|that|for|are|not)\b/gi;
      for (const node of all("p, li, dd, td, legend, label").filter(seen)) {
        const own = node.cloneNode(true);
        for (const marked of all("[lang]", own)) marked.remove();
        if ((words(own).match(english) ?? []).length >= 3 && !node.closest('[lang="en"]')) fault("language", node, "English words that are not marked as such");
      }
    },
    "autocomplete": () => {
      for (const field of all("input").filter(seen)) {
        const token = field.autocomplete;
        const asks = field.type === "password" ? /(current|new)-password|one-time-code/ : /^(user(name)?|login)$/i.test(field.name) ? /username/
          : field.type === "email" ? /./ : field.type === "tel" ? /./ : null;
        if (asks && !asks.test(token)) fault("autocomplete", field, `autocomplete="${token}"`);
      }
    },
    "tab-order": () => {
      for (const node of all("[tabindex]")) if (node.tabIndex > 0) fault("tab-order", node, "it jumps the queue");
    },
    "still": () => {
      if (!matchMedia("(prefers-reduced-motion: reduce)").matches) return;
      for (const each of document.getAnimations()) {
        const time = each.effect?.getComputedTiming();
        if (each.playState === "running" && (each instanceof CSSAnimation || time?.iterations === Infinity)) fault("still", each.effect.target, "it moves though asked not to");
      }
      if (getComputedStyle(document.documentElement).scrollBehavior === "smooth") fault("still", null, "scrolling glides though asked not to");
    },
    // The colours as they are set, ancestor by ancestor: quick enough for every look of every page.
    // What is laid over something else by position is left to axe.
    "contrast": () => {
      const parts = (colour) => {
        const [r, g, b, a = 1] = (colour.match(/[\d.]+(e-\d+)?%?/g) ?? []).map((part) => part.endsWith("%") ? parseFloat(part) / 100 : Number(part));
        const most = colour.startsWith("color(") ? 1 : 255;
        return [r / most, g / most, b / most, a];
      };
      const over = ([r, g, b, a], ground) => [r, g, b].map((part, at) => part * a + ground[at] * (1 - a));
      const light = (colour) => {
        const [r, g, b] = colour.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const grounds = new Map();
      const ground = (node) => {
        if (!node) return matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [1, 1, 1];
        if (!grounds.has(node)) {
          const style = getComputedStyle(node);
          const under = ground(node.parentElement);
          grounds.set(node, under && style.backgroundImage === "none" ? over(parts(style.backgroundColor), under) : null);
        }
        return grounds.get(node);
      };
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const told = new Set();
      while (walker.nextNode()) {
        const node = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || told.has(node) || node.closest("svg, script, noscript, option, :disabled") || !seen(node)) continue;
        told.add(node);
        const under = ground(node);
        if (!under) continue;
        const style = getComputedStyle(node);
        const [dark, pale] = [light(over(parts(style.color), under)), light(under)].sort((one, other) => one - other);
        const size = parseFloat(style.fontSize);
        const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
        const ratio = (pale + 0.05) / (dark + 0.05);
        if (ratio < least) fault("contrast", node, `${ratio.toFixed(2)}:1 is less than ${least}:1`);
      }
    },
    "paste": () => {
      for (const field of all("[onpaste]")) fault("paste", field, "pasting may be stopped");
    },
    "zoom": () => {
      const said = document.querySelector("meta[name=viewport]")?.content ?? "";
      if (/user-scalable\s*=\s*(no|0)|maximum-scale\s*=\s*1(\.0)?\b/.test(said)) fault("zoom", null, said);
    },
  };

  for (const [rule, look] of Object.entries(rules)) if (!options.only || options.only.includes(rule)) look();
  return found;
}
