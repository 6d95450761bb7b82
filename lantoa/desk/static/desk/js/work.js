// On every page of the work area: keep this device ready, send what waits, say how it stands.

import { clean, fact, flush, forms, heard, nextTry, all, unsent } from "./outbox.js";
import { icon, make, say, set, when, who } from "./say.js";

const bar = document.getElementById("mang");
const line = document.getElementById("dong-bo");
const tenMinutes = 600_000;
let timer;
let isBack = false; // the network has just come back

async function show() {
  const waiting = [...(await unsent()), ...(await forms()).filter((each) => each.state !== "draft")];
  const asked = waiting.filter((each) => each.state === "asked" || each.state === "differs");
  if (bar) barOf(waiting.length, asked.length, await fact(`enter.${who}`));
  if (line) await lineOf(waiting.length);
  for (const badge of document.querySelectorAll("[data-waiting]")) badge.textContent = waiting.length || "";
}

function barOf(count, asked, mustEnter) {
  const parts = [];
  const link = (key, n) => make("a", { href: set.outbox }, say(key, { n }));
  if (!navigator.onLine) parts.push(make("b", {}, say("off")), " ", say("off.go"), " ");
  else if (mustEnter) parts.push(say("enter"), " ", make("a", { href: `${set.login}?next=${encodeURIComponent(location.pathname)}` }, say("enter.go")), " ");
  if (!("serviceWorker" in navigator)) parts.push(say("webview"), " ");
  if (asked) parts.push(link("asked.n", asked));
  else if (count && isBack) parts.push(say("sending", { n: count }));
  else if (count) parts.push(link("waiting", count));
  const key = parts.map((each) => each.textContent ?? each).join("");
  if (bar.dataset.key === key) return;
  bar.dataset.key = key;
  bar.hidden = !parts.length;
  bar.replaceChildren(icon(navigator.onLine ? "clock" : "wifi-off"), make("span", {}, ...parts));
}

async function lineOf(count) {
  const last = await fact(`all.${who}`);
  const isReady = Boolean(navigator.serviceWorker?.controller);
  const said = [count ? say("waiting", { n: count }) : last ? say("all", { t: when(last) }) : say("none")];
  if (isReady) said.push(say("ready"));
  line.replaceChildren(icon(count ? "clock" : "check"), make("span", {}, said.join(" · ")));
}

// Send, then come back when the next may be tried again.
export async function send(now = false) {
  clearTimeout(timer);
  await flush(now);
  await show();
  const next = await nextTry();
  if (next !== null) timer = setTimeout(send, Math.max(1000, next - Date.now()));
}

async function backOnline() {
  isBack = true;
  await show();
  await send(true);
  isBack = false;
  await show();
}

// A clock that is years off would record on a day that never was: the server's is asked, and the difference kept.
// A page that was kept here no longer knows what time it is; one that has just come does.
async function setClock() {
  const off = (navigator.serviceWorker?.controller ? await asked() : Number(set.time) * 1000) - Date.now();
  localStorage.setItem("offset", Math.abs(off) > tenMinutes ? off : 0);
  dispatchEvent(new Event("clock"));
}

async function asked() {
  const answer = await fetch(set.worker, { method: "HEAD", cache: "no-store" });
  return Date.parse(answer.headers.get("Date"));
}

async function keepReady() {
  if (!set.worker || !("serviceWorker" in navigator)) return;
  if ("shared" in set) return leaveNothing();
  if (localStorage.getItem("who") !== String(who)) await forget(); // another person's pages are not for this one
  localStorage.setItem("who", who);
  await navigator.serviceWorker.register(set.worker, { scope: set.mine });
  const ready = await navigator.serviceWorker.ready;
  ready.active.postMessage({ keep: [set.form, set.outbox, set.mine] });
  await show();
}

async function forget(what = "pages") {
  for (const name of await caches.keys()) if (name.startsWith(what)) await caches.delete(name);
}

// A machine that others use too: no page, no worker, no name stays on it.
async function leaveNothing() {
  await forget("");
  for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
  localStorage.removeItem("who");
}

// Leaving takes the pages with it, never what was not sent.
async function guardLogout() {
  const form = document.querySelector(`form[action="${set.logout}"]`);
  if (!form) return;
  const isShared = "shared" in set;
  const left = [...(await all()), ...(await forms())].filter((each) => each.state !== "received" && (isShared || each.state !== "draft"));
  const n = left.length;
  if (n) form.before(make("div.notice.notice--warn", { role: "status" }, icon("triangle-alert"), make("p", {}, say(isShared ? "logout.shared" : "logout", { n }))));
  const dropped = n && isShared && make("input", { type: "checkbox", id: "bo-viec" });
  if (dropped) form.querySelector("[type=submit]").before(make("label.tick", {}, dropped, make("span", {}, say("logout.drop", { n }))));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isShared) await Promise.all([clean(dropped?.checked), leaveNothing().catch(() => {})]);
    else await forget();
    if (isShared) for (const each of [localStorage, sessionStorage]) each.clear();
    localStorage.removeItem("who");
    form.submit();
  });
}

async function start() {
  await Promise.all([show(), guardLogout()]);
  keepReady().catch(() => {}); // a browser without it records online
  if (set.worker) setClock().catch(() => {}); // without a network the last one known
  send();
}

if (who) {
  heard(show);
  addEventListener("online", backOnline);
  addEventListener("offline", show);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
  start(); // nothing waits for it: the form is at work as soon as it stands
}

export const others = async () => (await all(true)).filter((each) => each.who !== who && each.state === "waiting").length;
