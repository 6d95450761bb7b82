// Single keys where a page lists them under "?": the queues (J K move, D approves, T asks, O opens, Z undoes), and Việc của tôi
// (J K move, G records). Each presses what is on the page, and all can be switched off on this device.
const OFF = "phim-duyet-tat";
const UNDO = document.querySelector("#hoan-tac");
const keys = document.querySelector("#phim");
const off = document.querySelector("#tat-phim");
const rows = [...document.querySelectorAll("[data-rows] a")];

const press = { j: "#sau", k: "#truoc", d: "#duyet", o: "#ho-so", z: "#hoan-tac button", g: "#ghi-moi" };
const step = { j: 1, k: -1 };

// Something was sent: until the next page stands, no key decides again.
let isGone = false;
addEventListener("submit", () => (isGone = true));
addEventListener("pageshow", () => (isGone = false));

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function move(by) {
  const at = rows.indexOf(document.activeElement);
  rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))].focus();
}

function act(event) {
  const key = event.key.toLowerCase();
  // A key held down says it once: it must not decide about the next report, which nobody has read.
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (key === "?" && keys) keys.open = !keys.open;
  else if (off?.checked || isGone) return;
  else if (key === "t") document.querySelector("#cau-hoi")?.focus();
  else if (step[key] && rows.length) move(step[key]);
  else if (press[key]) document.querySelector(press[key])?.click();
  else return;
  event.preventDefault();
}

if (off) {
  off.checked = localStorage.getItem(OFF) === "1";
  off.addEventListener("change", () => localStorage.setItem(OFF, off.checked ? "1" : "0"));
}
document.addEventListener("keydown", act);

// On a phone one report at a time: the list is folded away until it is asked for.
const list = document.querySelector(".queue__all");
if (list && matchMedia("(max-width: 61.99rem)").matches) list.open = false;

// The server decides whether it is too late; the button goes when it would be.
if (UNDO) setTimeout(() => UNDO.querySelector("button")?.remove(), Number(UNDO.dataset.giay) * 1000);
