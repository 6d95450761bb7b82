// The review queue by keyboard: J K move, D approves, T asks, O opens, Z undoes; ? lists them. Each presses what is on the page.
const OFF = "phim-duyet-tat";
const UNDO = document.querySelector("#hoan-tac");
const keys = document.querySelector("#phim");
const off = document.querySelector("#tat-phim");

const press = { j: "#sau", k: "#truoc", d: "#duyet", o: "#ho-so", z: "#hoan-tac button" };

// Something was sent: until the next page stands, no key decides again.
let isGone = false;
addEventListener("submit", () => (isGone = true));
addEventListener("pageshow", () => (isGone = false));

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function act(event) {
  const key = event.key.toLowerCase();
  // A key held down says it once: it must not decide about the next report, which nobody has read.
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (key === "?" && keys) keys.open = !keys.open;
  else if (off?.checked) return;
  else if (key === "t") document.querySelector("#cau-hoi")?.focus();
  else if (press[key] && !isGone) document.querySelector(press[key])?.click();
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
