// A report on this device first: what is typed is kept after a pause; what cannot be sent waits with its moment, and is sent later.

import { dropForm, forms, icon, keepForm, make, now, say, send, sendForm, when, who } from "./desk.js";

const form = document.querySelector("form[data-bieu]");
const here = { path: location.pathname, unit: form.elements["don-vi"].value };
const ours = ["csrfmiddlewaretoken", "don-vi", "ban", "nhap"]; // of the page, not of the person
let drafting;

function told(state, button) {
  const fields = [...new FormData(form, button)].filter(([name]) => name !== ours[0]);
  return { ...here, title: form.dataset.bieu, fields, savedAt: new Date(now()).toISOString(), state };
}

function notice(key, savedAt) {
  document.getElementById("may-giu")?.remove();
  const block = make("div.notice.notice--warn", { id: "may-giu", role: "status", tabindex: "-1" }, icon("clock"), make("p", {}, say(key, { t: when(Date.parse(savedAt)) })));
  document.querySelector("main").prepend(block);
  return block;
}

async function submit(event) {
  event.preventDefault();
  clearTimeout(drafting);
  const button = event.submitter;
  const kept = told("waiting", button);
  await keepForm(kept);
  const answer = navigator.onLine ? await sendForm(kept) : "later";
  if (answer === "later" || answer === "enter") {
    notice("sheet.kept", kept.savedAt).focus();
    return send(); // again, by itself
  }
  await dropForm(here);
  if (answer === "received") return location.assign(here.path);
  form.removeEventListener("submit", submit); // the server says in its own page what is wrong
  form.requestSubmit(button);
}

function keepDraft() {
  clearTimeout(drafting);
  drafting = setTimeout(() => keepForm(told("draft")), 800);
}

// What was kept goes back into the form; what the page knows better, its version, stays.
async function offer() {
  const kept = (await forms()).find((each) => each.path === here.path && each.unit === here.unit);
  if (!kept || document.getElementById("co-loi")) return;
  for (const box of form.querySelectorAll("[type=checkbox]")) box.checked = false;
  for (const [name, value] of kept.fields) {
    const box = form.elements[name];
    if (!box || ours.includes(name) || name === "viec") continue;
    if (box.type === "checkbox") box.checked = true;
    else box.value = value;
    const details = value && box.closest("details");
    if (details) details.open = true;
  }
  const block = notice({ draft: "draft", asked: "sheet.asked" }[kept.state] ?? "sheet.waits", kept.savedAt);
  if (kept.state !== "waiting") block.append(make("button.btn.btn--quiet", { type: "button", onclick: forget }, say("draft.drop")));
}

async function forget() {
  await dropForm(here);
  location.reload();
}

if (who) {
  await offer();
  form.addEventListener("submit", submit);
  form.addEventListener("input", keepDraft);
}
