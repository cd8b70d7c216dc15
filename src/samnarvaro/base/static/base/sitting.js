// How long the sign-in lasts: says it in good time, and covers the page when it is over.

const WARN = 180_000; // three minutes before
const OWN = { headers: { "X-Background": "1" }, redirect: "manual", cache: "no-store" };

const box = document.getElementById("sitting");
let timer, end, until, canStay;

function learn(left, at, stay) {
  [end, until, canStay] = [Date.now() + left * 1000, at, stay];
}

function say(text) {
  box.querySelector("[data-words]").textContent = text;
  document.getElementById("announcer").textContent = text;
}

function wait() {
  clearTimeout(timer);
  const left = end - Date.now();
  const next = left > WARN ? left - WARN : left;
  // A machine that slept wakes late: nothing is waited for longer than half a minute at a time.
  timer = setTimeout(look, Math.min(Math.max(next, 0) + 500, 30_000));
}

// The server knows best: another tab may have gone on, or signed out.
async function ask(more) {
  const answer = await fetch(box.querySelector("form").action, { ...OWN, ...more });
  if (!answer.ok) return false;
  const told = await answer.json();
  learn(told.left, told.until, told.can_stay);
  return true;
}

async function look() {
  if (end - Date.now() > WARN) return wait();
  let signedIn;
  try {
    signedIn = await ask();
  } catch {
    signedIn = end > Date.now(); // no contact: go by what was known
  }
  if (!signedIn || end <= Date.now()) return cover();
  if (end - Date.now() <= WARN) warn();
  else box.hidden = true;
  wait();
}

function warn() {
  if (!box.hidden) return;
  box.hidden = false;
  box.querySelector("[data-stay]").hidden = !canStay;
  say((canStay ? box.dataset.soon : box.dataset.atLast).replace("{}", until));
}

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((o) => o.selected !== o.defaultSelected && o.defaultSelected);
  return field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue;
}

function unsent() {
  return [...document.querySelectorAll("#page form[method=post]")].find((form) =>
    [...form.elements].some(isChanged));
}

function cover() {
  clearTimeout(timer);
  const form = unsent();
  if (!form) {
    const here = encodeURIComponent(location.pathname + location.search);
    location.replace(`${box.dataset.signIn}?next=${here}`);
    return;
  }
  document.body.dataset.covered = "";
  document.querySelector("main").append(box);
  box.querySelector("h1").hidden = false;
  box.hidden = false;
  box.querySelector("[data-stay]").hidden = true;
  const again = box.querySelector("[data-again]");
  again.hidden = false;
  // The server carries what the form holds through the sign-in.
  again.addEventListener("click", () => HTMLFormElement.prototype.submit.call(form));
  say(box.dataset.over);
  again.focus();
}

async function stay(event) {
  event.preventDefault();
  try {
    if (!(await ask({ method: "POST", body: new FormData(event.target) }))) return cover();
    box.hidden = true;
    wait();
  } catch {
    HTMLFormElement.prototype.submit.call(event.target);
  }
}

// What a page asks for by itself is no sign of anybody sitting there.
document.addEventListener("htmx:configRequest", (event) => {
  if (!event.detail.triggeringEvent) event.detail.headers["X-Background"] = "1";
});

if (box) {
  learn(Number(box.dataset.left), box.dataset.until, box.dataset.canStay === "yes");
  box.querySelector("form").addEventListener("submit", stay);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  // A page that the browser had kept is looked at again before anybody reads it.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) ask().then((signedIn) => { if (!signedIn) cover(); }, cover);
  });
  wait();
}
