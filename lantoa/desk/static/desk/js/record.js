// Recording on this device first: the form saves into the outbox, the outbox sends. Without this file the form posts itself.

import { all, count as readCount, day as readDay, dayText, drop, get, icon, iso, make, now, photosOf, put, say, send, set, undo, when, who } from "./desk.js";

const form = document.getElementById("ghi");
const field = (name) => form.elements[name];
const templates = Object.fromEntries([...document.querySelectorAll("template[data-viec]")].map((each) => [each.dataset.viec, each]));
const boxes = document.getElementById("so-lieu");
const unit = Number(field("don-vi").value);
let uuid = crypto.randomUUID();
let base = 0; // the version that is corrected, when a conflict was decided for ours
let photos = [];
let drafting;
let isBusy = false;

// Kinds

const kind = () => form.querySelector('[name="viec"]:checked, [name="viec"][type="hidden"]')?.value ?? "";

function typedNumbers() {
  const found = [...boxes.querySelectorAll("input")].map((box) => [box.name.replace(/^so-/, ""), box.value]);
  return Object.fromEntries(found);
}

// The boxes of the kind that is chosen; what was typed stays where the same box is still there.
function showKind(values = typedNumbers()) {
  const template = templates[kind()];
  if (!template) return;
  const wasOpen = boxes.querySelector("details")?.open;
  boxes.replaceChildren(...template.content.firstElementChild.cloneNode(true).children);
  for (const box of boxes.querySelectorAll("input")) box.value = values[box.name.replace(/^so-/, "")] ?? box.value;
  const details = boxes.querySelector("details");
  if (details) details.open = wasOpen || [...details.querySelectorAll("input")].some((box) => box.value);
  showSteps();
  guessTask(template);
}

// The task that the kind most likely serves, as the server guessed it, until somebody has chosen one.
const tasks = () => [...form.querySelectorAll('[name="nhiem-vu"]')];
let hasChosenTask = tasks().length > 0 && form.dataset.nhiemVu === "1";

function guessTask(template) {
  if (!hasChosenTask) pickTask(template.dataset.nhiemVu ?? "");
}

function pickTask(number) {
  const radio = tasks().find((each) => each.value === number) ?? tasks().find((each) => each.value === "");
  if (radio) radio.checked = true;
  guessServed();
}

// What it serves besides: as its task does, until somebody has chosen.
const SERVED = { theme: "chuyen-de", movement: "phong-trao", directive: "van-ban", objectives: "muc-tieu" };
const served = document.getElementById("phuc-vu");
let hasServed = served?.dataset.chon === "1";
const servedBoxes = (name) => (served ? [...served.querySelectorAll(`[name="${name}"]`)] : []);
const isTicked = (box) => (box.type === "checkbox" ? box.checked : true) && box.value;
const valueOf = (name) => servedBoxes(name).filter(isTicked).map((box) => box.value).join(",");

function setServed(name, value) {
  for (const box of servedBoxes(name)) {
    if (box.type === "checkbox") box.checked = value.split(",").includes(box.value);
    else box.value = [...box.options].some((each) => each.value === value) ? value : "";
  }
}

function guessServed() {
  if (!served) return;
  const from = tasks().find((each) => each.checked);
  if (!hasServed) for (const name of Object.values(SERVED)) setServed(name, from?.getAttribute(`data-${name}`) ?? "");
  const chosen = [...served.querySelectorAll("option:checked, input:checked")].filter((each) => each.value);
  document.getElementById("phuc-vu-gi").textContent = chosen.map((each) => each.text ?? each.parentElement.textContent).join("; ").slice(0, 120);
}

function servedNow() {
  const chosen = tasks().find((each) => each.checked);
  const told = served ? Object.fromEntries(Object.entries(SERVED).map(([key, name]) => [key, valueOf(name)])) : {};
  return chosen || served ? { ...(chosen && { task: chosen.value }), ...told } : undefined;
}

function showSteps() {
  for (const button of boxes.querySelectorAll("[data-buoc]")) button.hidden = false;
}

function pick(code) {
  let radio = form.querySelector(`[name="viec"][value="${CSS.escape(code)}"]`);
  if (!radio) {
    const template = templates[code];
    radio = make("input", { type: "radio", name: "viec", value: code });
    const chip = make("label.chip", {}, radio, make("span", {}, template.content.querySelector("svg").cloneNode(true), template.dataset.ten));
    document.getElementById("viec-khac").before(chip);
  }
  radio.checked = true;
  showKind();
}

function offerAllKinds() {
  const link = document.getElementById("viec-khac");
  const dialog = document.getElementById("chon-viec");
  if (!link || !dialog) return;
  const choose = (code) => () => {
    dialog.close();
    pick(code);
    form.querySelector('[name="viec"]:checked').focus();
    keepDraft();
  };
  const list = dialog.querySelector("#chon-viec-cac-viec");
  list.append(...Object.values(templates).map((each) => make("button.btn", { type: "button", onclick: choose(each.dataset.viec) }, each.dataset.ten)));
  link.setAttribute("role", "button");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
}

// Days: a page kept since yesterday knows what day it is.

function renewDays() {
  for (const radio of form.querySelectorAll("[data-ngay]")) radio.value = iso(now() - Number(radio.dataset.ngay) * 86_400_000);
}

function chosenDay() {
  const chosen = form.querySelector('[name="ngay"]:checked')?.value;
  return chosen === "khac" ? readDay(field("ngay-khac").value) : chosen;
}

function showDay(day) {
  const near = form.querySelector(`[name="ngay"][value="${day}"]`);
  (near ?? form.querySelector('[name="ngay"][value="khac"]')).checked = true;
  field("ngay-khac").value = near || !day ? "" : /^\d{4}-/.test(day) ? dayText(day) : day;
}

// Photos

async function addPhotos(files) {
  const { shrunk } = await import("./photos.js");
  for (const file of files) {
    const made = await shrunk(file);
    if (made) photos.push({ uuid: crypto.randomUUID(), name: file.name.slice(-100), state: "waiting", ...made });
    else mistake("anh", say("photo.bad", { t: file.name }));
  }
  showPhotos();
  keepDraft();
}

function showPhotos() {
  const list = document.getElementById("anh-da-chon");
  list.hidden = !photos.length;
  const remove = (photo) => () => {
    photos = photos.filter((each) => each !== photo);
    showPhotos();
    field("anh").focus();
  };
  list.replaceChildren(
    ...photos.map((photo) =>
      make("li", {}, make("img", { src: photo.thumb, alt: say("photo.alt") }),
        make("small", {}, say("photo.small", { n: Math.ceil(photo.blob.size / 1024) })),
        make("button.btn.btn--quiet", { type: "button", onclick: remove(photo) }, say("photo.drop"))),
    ),
  );
}

// Mistakes: what can be seen here is said here; the server looks again.

function mistakes() {
  const found = [];
  if (!kind()) found.push(["viec", say("e.kind")]);
  const day = chosenDay();
  if (!day) found.push(["ngay", say("e.day", { t: field("ngay-khac").value })]);
  else if (day > iso()) found.push(["ngay", say("e.future", { t: dayText(day) })]);
  for (const box of boxes.querySelectorAll("input")) {
    const text = box.value.trim();
    const read = text && readCount(text);
    if (!text && box.closest(".stepper")) found.push([box.id, say("e.number")]);
    else if (text && !read) found.push([box.id, say("e.count", { t: text })]);
    else if (read?.unclear) found.push([box.id, say("e.unclear", { t: text, n: read.unclear })]);
  }
  return found;
}

function mistake(id, text) {
  const place = document.getElementById(id).closest(".field");
  place.classList.add("field--wrong");
  const line = make("p.error", { id: `${id}-loi` }, icon("triangle-alert"), text);
  place.querySelector(":scope > legend, :scope > label, :scope > .legend, :scope > summary").after(line);
  const box = document.getElementById(id);
  if (box.matches("input, textarea")) box.setAttribute("aria-invalid", "true");
}

function forgive() {
  for (const each of form.querySelectorAll(".error")) each.remove();
  for (const each of form.querySelectorAll(".field--wrong")) each.classList.remove("field--wrong");
  for (const each of form.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
  document.getElementById("co-loi")?.closest(".notice").remove();
  document.title = document.title.replace(`${say("e.title")} `, "");
}

function showMistakes(found) {
  forgive();
  const summary = make("div.notice.notice--err", { role: "alert", tabindex: "-1", "aria-labelledby": "co-loi" }, icon("triangle-alert"),
    make("div", {}, make("h2", { id: "co-loi" }, say("e.one", { n: found.length })),
      make("ul", { role: "list" }, ...found.map(([id, text]) => make("li", {}, make("a", { href: `#${id}` }, text))))));
  for (const [id, text] of found) mistake(id, text);
  document.title = `${say("e.title")} ${document.title}`;
  document.querySelector("main").prepend(summary);
  summary.focus();
}

// Saving

function read() {
  const code = kind();
  const values = Object.fromEntries(Object.entries(typedNumbers()).map(([name, text]) => [name, text.trim() || null]));
  const heads = boxes.querySelector(".stepper input")?.value.trim();
  const template = templates[code];
  const day = chosenDay() ?? field("ngay-khac").value;
  const said = [template?.dataset.ten, /^\d{4}-/.test(day) ? dayText(day) : day, heads && `${heads} ${template?.content.querySelector("label[for=so]") ? say("people") : ""}`.trim()];
  return { uuid, who, unit, kind: code, date: day, values, title: field("noi-dung").value, serves: servedNow(), base, savedAt: new Date().toISOString(), line: said.filter(Boolean).join(", "), photoCount: photos.length };
}

async function save(event) {
  event.preventDefault();
  if (isBusy) return; // a double click
  isBusy = true;
  try {
    clearTimeout(drafting);
    const found = mistakes();
    if (found.length) return showMistakes(found);
    const record = { ...read(), state: "waiting", tries: 0 };
    await put(record, photos); // on this device: "saved" is said only after this
    navigator.storage?.persist?.();
    saved(record);
    clear();
    send(true);
  } catch (error) {
    if (error?.name !== "QuotaExceededError") throw error;
    showMistakes([["anh", say("full")]]);
  } finally {
    isBusy = false;
  }
}

// The same screen, with what was saved above and ten seconds to think again.
function saved(record) {
  document.querySelector(".said--done")?.remove();
  const text = make("p", {}, say("saved.wait"), " ", record.line);
  const button = make("button.btn", { type: "button", onclick: takeBack }, icon("undo-2"), make("span", {}, say("undo", { n: 10 })));
  const row = make("div.row", {}, record.base ? null : button, make("a.btn.btn--quiet", { href: set.mine }, say("back")));
  const block = make("div.said.said--done", { role: "status", tabindex: "-1" }, icon("check"), make("div", {}, text, row));
  let left = 10;
  const timer = setInterval(async () => {
    left -= 1;
    button.lastChild.textContent = say("undo", { n: left });
    if ((await get(record.uuid))?.state === "received") text.firstChild.textContent = say("saved.sent");
    if (left <= 0) end();
  }, 1000);
  function end() {
    clearInterval(timer);
    button.remove();
  }
  async function takeBack() {
    end();
    await undo(record.uuid);
    text.textContent = say("undone");
    block.focus();
    send(true);
  }
  document.querySelector("main").prepend(block);
  block.focus();
  scrollTo(0, 0);
}

function clear() {
  forgive();
  uuid = crypto.randomUUID();
  base = 0;
  photos = [];
  showPhotos();
  for (const box of boxes.querySelectorAll("input")) box.value = "";
  field("noi-dung").value = "";
  field("anh").value = "";
  showDay(iso());
  hasChosenTask = hasServed = false;
  showKind();
}

// Drafts: after a pause, and offered again.

function keepDraft() {
  clearTimeout(drafting);
  drafting = setTimeout(async () => {
    const record = read();
    const isEmpty = !record.title && !photos.length && !Object.values(record.values).some(Boolean);
    if (isEmpty) return drop(uuid);
    await put({ ...record, state: "draft" }, photos);
  }, 800);
}

async function offerDraft() {
  const asked = new URLSearchParams(location.search).get("sua") ?? location.hash.match(/^#sua=(.+)/)?.[1];
  if (asked) return fill(await get(asked));
  const draft = (await all()).filter((each) => each.state === "draft" && each.unit === unit).pop();
  if (!draft) return;
  const go = async () => {
    offer.remove();
    await fill(draft);
  };
  const away = async () => {
    offer.remove();
    await drop(draft.uuid);
  };
  const offer = make("div.notice.notice--info", { role: "status" }, icon("clock"),
    make("div", {}, make("p", {}, say("draft", { t: when(Date.parse(draft.savedAt)) }), " ", make("b", {}, draft.line)),
      make("p.row", {}, make("button.btn", { type: "button", onclick: go }, say("draft.go")), make("button.btn.btn--quiet", { type: "button", onclick: away }, say("draft.drop")))));
  document.querySelector("main").prepend(offer);
}

// A record of the outbox back into the form: a draft, or one that the server asks about.
async function fill(record) {
  if (!record || record.who !== who) return;
  uuid = record.uuid;
  base = (record.state === "received" ? record.version : record.base) ?? 0;
  photos = (await photosOf(uuid)).filter((each) => each.state === "waiting");
  if (record.kind) pick(record.kind);
  showKind(Object.fromEntries(Object.entries(record.values).map(([name, text]) => [name, text ?? ""])));
  if (record.serves) {
    hasChosenTask = true;
    hasServed = "theme" in record.serves;
    if (hasServed) for (const [key, name] of Object.entries(SERVED)) setServed(name, record.serves[key] ?? "");
    pickTask(record.serves.task);
  }
  showDay(record.date);
  field("noi-dung").value = record.title;
  showPhotos();
  if (record.state === "asked") showMistakes(record.wrong.map((each) => [boxOf(each.where), each.sentence]));
}

function boxOf(where) {
  const known = { kind: "viec", date: "ngay", title: "ket-qua", photos: "anh", task: "nhiem-vu", theme: "phuc-vu", movement: "phuc-vu", directive: "phuc-vu", objectives: "phuc-vu" }[where];
  if (known) return known;
  return document.getElementById(`so-${where}`) ? `so-${where}` : document.getElementById("so") ? "so" : "ket-qua";
}

function step(event) {
  const button = event.target.closest("[data-buoc]");
  if (!button) return;
  const box = button.parentElement.querySelector("input");
  const read = readCount(box.value.trim() || "0");
  const next = BigInt(read?.digits ?? 0) + BigInt(button.dataset.buoc);
  box.value = next < 0n ? "0" : String(next);
  keepDraft();
}

function showSaving() {
  document.getElementById("luu").textContent = say(navigator.onLine ? "save.on" : "save.off");
  document.getElementById("luu-the-nao").hidden = false;
}

renewDays();
showKind();
showSteps();
offerAllKinds();
showSaving();
form.addEventListener("submit", save);
form.addEventListener("input", keepDraft);
form.addEventListener("change", (event) => {
  if (event.target.name === "viec") showKind();
  if (event.target.name === "nhiem-vu") hasChosenTask = true;
  if (served?.contains(event.target)) hasServed = true;
  guessServed();
});
form.addEventListener("click", step);
field("anh").addEventListener("change", (event) => addPhotos([...event.target.files]).then(() => (event.target.value = "")));
addEventListener("online", showSaving);
addEventListener("offline", showSaving);
addEventListener("clock", renewDays);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && renewDays());
await offerDraft();
