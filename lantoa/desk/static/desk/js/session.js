// The idle end of a login (docs: UX, section 9). The server decides; this page asks, shows, and never reloads.
// Nothing here ends a login: at zero the server is asked once more, and what was typed stays where it is.

const parts = document.getElementById("stay");
const set = parts.dataset;
const warning = Number(set.warning);
const lastCall = Math.round(warning / 3); // 20 of 60 seconds
const noted = Number(set.noted) * 1000; // the server writes no more often than this, a minute
const says = Object.fromEntries(
  [...parts.content.querySelectorAll("[data-say]")].map((each) => [each.dataset.say, each.textContent]),
);
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("stay") : null;

let ends; // when the login ends, on this page's own clock
let timer;
let bar = null;
let dialog = null;
let kept = Date.now(); // when this page last told the server that somebody is here

function count(left) {
  ends = performance.now() + left * 1000;
  clearTimeout(timer);
  timer = setTimeout(left > warning ? ask : tick, left > warning ? (left - warning) * 1000 : 0);
}

async function call(address, fields) {
  const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
  const sent = fields && { method: "POST", body: new URLSearchParams(fields) };
  if (fields) headers["X-CSRFToken"] = cookie("dau");
  return fetch(address, { headers, ...sent });
}

function cookie(name) {
  return document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`))?.[1] ?? "";
}

// What the server says now: { left, who }, or null when it cannot be reached.
async function stay(address = set.ask, fields = undefined) {
  try {
    const answer = await call(address, fields);
    return answer.ok || answer.status === 401 ? await answer.json() : null;
  } catch {
    return null;
  }
}

async function ask() {
  const now = await stay();
  if (!now) timer = setTimeout(ask, 5000);
  else heard(now);
}

function heard(now) {
  if (now.left <= 0) return over();
  if (now.who !== set.who) return over(says.other);
  dialog?.close();
  if (now.left > warning) clear();
  else show(now.left);
  count(now.left);
}

function show(left) {
  if (bar) return;
  bar = parts.content.querySelector(".stay").cloneNode(true);
  bar.addEventListener("submit", (event) => {
    event.preventDefault();
    keep();
  });
  document.body.append(bar);
  say(left);
}

function clear() {
  bar?.remove();
  bar = null;
}

// Once a second while the bar stands; spoken at the first second and at the last call, not each second.
function tick() {
  const left = Math.max(0, Math.round((ends - performance.now()) / 1000));
  if (bar) {
    bar.querySelector("[data-seconds]").textContent = left;
    if (left === lastCall) say(left);
  }
  if (left === 0) timer = setTimeout(ask, 1000); // the server has the last word
  else timer = setTimeout(tick, 1000);
}

function say(left) {
  bar.querySelector("[data-alert]").textContent = says.warn.replace("{n}", left);
}

async function keep() {
  kept = Date.now();
  const now = await stay(set.keep, {});
  if (!now) return;
  heard(now);
  if (now.left > 0) tabs?.postMessage(now);
}

// Typing and touching count, here and in every other tab; told to the server at most once a minute.
function active(event) {
  if (dialog?.open || bar?.contains(event.target) || Date.now() - kept < noted) return;
  keep();
}

function over(why = says.over) {
  clear();
  clearTimeout(timer);
  timer = setTimeout(ask, 5000); // somebody may enter again in another tab
  dialog ??= build();
  if (!dialog.open) {
    document.body.append(dialog);
    dialog.showModal();
  }
  const alert = dialog.querySelector("[data-alert]");
  if (alert.textContent !== why) alert.textContent = why;
}

function build() {
  const made = parts.content.querySelector("dialog").cloneNode(true);
  made.addEventListener("cancel", (event) => event.preventDefault());
  made.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    enter(event.target);
  });
  return made;
}

async function enter(form) {
  const wrong = form.querySelector("[data-wrong]");
  wrong.textContent = "";
  const isSecond = !form.code.disabled;
  try {
    const answer = await call(isSecond ? set.second : set.enter, new FormData(form));
    const said = isSecond ? null : await answer.json().catch(() => null);
    if (said?.location?.startsWith(set.second)) return askForCode(form);
    const now = await stay();
    if (now?.left > 0 && now.who === set.who) return back(form, now);
    wrong.textContent = answer.status === 429 ? says.wait : (said?.form?.errors?.[0] ?? says.wrong);
  } catch {
    wrong.textContent = says.net;
  }
}

function askForCode(form) {
  toggle(form.password, false);
  toggle(form.code, true);
  form.code.focus();
}

function toggle(input, isAsked) {
  input.disabled = !isAsked;
  input.closest("[data-field]").hidden = !isAsked;
}

// In again, as the same person: every form of the page gets the new token, and goes on where it was.
function back(form, now) {
  form.reset();
  toggle(form.code, false);
  toggle(form.password, true);
  const token = cookie("dau");
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
  document.dispatchEvent(new CustomEvent("entered-again"));
  tabs?.postMessage(now);
  heard(now);
}

tabs?.addEventListener("message", (event) => {
  if (event.data.who === set.who) heard(event.data);
});
for (const what of ["keydown", "pointerdown", "input"]) document.addEventListener(what, active, { passive: true });
document.addEventListener("visibilitychange", () => document.hidden || ask());
count(Number(set.left));
