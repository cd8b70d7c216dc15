// Helps while somebody writes or ticks. Without it the same words stand there, only not at once.

const WORD = /\p{L}+/gu;

// How much room is left. Read out only near the end: a voice for every letter helps nobody.
function count(area, line) {
  const left = Number(line.dataset.room) - area.value.length;
  line.dataset.state = left < 0 ? "over" : "";
  line.textContent = (left < 0 ? line.dataset.over : line.dataset.left).replace("{n}", String(Math.abs(left)));
  if (left < 20) line.setAttribute("role", "status");
}

// Words that label or blame, with what to write instead: the list that the server goes by, asked for once.
let list;
function advices() {
  list ??= fetch(new URL("plain-words.txt", import.meta.url))
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((text) => text.split("\n").filter((line) => line.includes(":") && !line.startsWith("#")).map(read))
    .catch(() => []);
  return list;
}

function read(line) {
  const at = line.indexOf(":");
  const stem = line.slice(0, at);
  return { stem: stem.replace(/\.$/, ""), whole: stem.endsWith("."), instead: line.slice(at + 1).trim() };
}

async function mark(area, region) {
  const all = await advices();
  const found = new Map();
  for (const [word] of area.value.matchAll(WORD)) {
    const low = word.toLocaleLowerCase("sv");
    const advice = all.find((each) => (each.whole ? low === each.stem : low.startsWith(each.stem)));
    if (advice && !found.has(low)) found.set(low, [word, advice.instead]);
  }
  const said = JSON.stringify([...found.values()]);
  if (region.dataset.said === said) return;
  region.dataset.said = said;
  region.replaceChildren(...(found.size ? [lead(region), lines(found)] : []));
}

function lead(region) {
  const words = document.createElement("p");
  words.textContent = region.dataset.lead;
  return words;
}

function lines(found) {
  const all = document.createElement("ul");
  for (const [word, instead] of found.values()) {
    const line = document.createElement("li");
    const marked = document.createElement("mark");
    marked.textContent = word;
    line.append(marked, ` → ${instead}`);
    all.append(line);
  }
  return all;
}

const described = (area, ending) => document.getElementById(`${area.id}${ending}`);

document.addEventListener("input", ({ target }) => {
  if (!(target instanceof HTMLTextAreaElement)) return;
  const counter = described(target, "_count");
  const region = described(target, "_plain");
  if (counter) count(target, counter);
  if (region && "plain" in target.dataset) mark(target, region);
});

// Ticked rows: how many, and all at once.
const ticks = (bar) => [...document.querySelectorAll(`input[type=checkbox][form="${bar.id}"]`)];

function tell(bar) {
  const all = ticks(bar);
  const ticked = all.filter((tick) => tick.checked).length;
  const words = bar.querySelector(".tick-words");
  const every = bar.querySelector("[data-tick-all]");
  every.dataset.on ??= every.textContent;
  every.hidden = all.length < 2;
  every.textContent = ticked && ticked === all.length ? every.dataset.off : every.dataset.on;
  words.textContent = ticked ? words.dataset.some.replace("{n}", String(ticked)) : words.dataset.none;
}

function tellAll(root) {
  for (const bar of root.querySelectorAll(".tick-bar")) tell(bar);
}

document.addEventListener("change", ({ target }) => {
  const bar = target.form?.closest(".tick-bar");
  if (bar) tell(bar);
});

document.addEventListener("click", ({ target }) => {
  const every = target.closest("[data-tick-all]");
  if (!every) return;
  const bar = every.closest(".tick-bar");
  const all = ticks(bar);
  const on = all.some((tick) => !tick.checked);
  for (const tick of all) tick.checked = on;
  tell(bar);
});

document.addEventListener("htmx:afterSettle", () => tellAll(document));
tellAll(document);
