// The three piles that anyone can read: drafts, waiting, sent. And a file, for when no network comes.

import { all, change, dayText, drop, forms, heard, icon, make, others, payload, photosOf, put, say, send, set, when, who } from "./desk.js";

const piles = Object.fromEntries([...document.querySelectorAll("[data-pile]")].map((each) => [each.dataset.pile, each]));

async function show() {
  const rows = { draft: [], waiting: [], received: [] };
  for (const record of (await all()).reverse()) {
    const pile = rows[record.state] ?? rows.waiting;
    pile.push(await row(record));
  }
  for (const each of await forms()) rows[each.state === "draft" ? "draft" : "waiting"].push(rowOfForm(each));
  for (const [name, section] of Object.entries(piles)) {
    section.hidden = name !== "waiting" && !rows[name].length;
    section.querySelector("[data-count]").textContent = rows[name].length;
    section.querySelector("ul").replaceChildren(...rows[name]);
    section.querySelector("ul").hidden = !rows[name].length;
  }
  document.getElementById("gui-ngay").hidden = !rows.waiting.length;
  document.getElementById("xuat").disabled = !rows.waiting.length;
  await showOthers();
  document.getElementById("hop").hidden = false;
}

async function showOthers() {
  const count = await others();
  const place = document.getElementById("khong-luu-duoc");
  place.hidden = !count;
  place.replaceChildren(icon("triangle-alert"), make("p", {}, say("others", { n: count })));
}

function rowOfForm({ path, title, savedAt, state }) {
  const said = say(state === "draft" ? "draft" : state === "asked" ? "sheet.asked" : "sheet.waits", { t: when(Date.parse(savedAt)) });
  return make("li.tl__row", {}, make("b", {}, title), make("small", {}, said), make("div.row", {}, make("a.btn", { href: `${path}?sua=1` }, say("open"))));
}

async function row(record) {
  const photos = await photosOf(record.uuid);
  const waiting = photos.filter((each) => each.state === "waiting").length;
  const said = make("small", {}, state(record, waiting));
  const refused = photos.filter((each) => each.state === "refused");
  const parts = [make("b", {}, record.line || dayText(record.date)), said];
  if (record.title) parts.push(make("small", {}, record.title));
  for (const photo of refused) parts.push(make("small", {}, say("photos.refused"), " ", photo.why));
  if (record.state === "asked") parts.push(...record.wrong.map((each) => make("small.error", {}, icon("triangle-alert"), each.sentence)));
  if (record.state === "differs") parts.push(sideBySide(record));
  else parts.push(buttons(record));
  if (photos.length) parts.splice(1, 0, make("span.tag.tag--info", {}, icon("camera"), say("photos", { n: photos.length })));
  return make("li.tl__row", {}, ...parts);
}

function state(record, photos) {
  if (record.state === "draft") return say("draft", { t: when(Date.parse(record.savedAt)) });
  if (record.state === "received") return photos ? say("photos.wait", { n: photos }) : say("sent.at", { t: when(record.sentAt) });
  if (record.state === "asked") return say("asked");
  if (record.state === "differs") return say("differs");
  if (!record.nextTry || record.nextTry < Date.now()) return say("wait.first");
  const places = { t: when(record.nextTry), c: record.code };
  return record.code ? say("busy", places) : say("wait.net", places);
}

function buttons(record) {
  const row = make("div.row", {});
  if (record.state === "draft") row.append(link(record, "draft.go"), make("button.btn.btn--quiet", { type: "button", onclick: () => drop(record.uuid) }, say("draft.drop")));
  if (record.state === "asked" || record.state === "waiting") row.append(link(record, "fix"));
  if (record.state === "received" && record.version) row.append(link(record, "fix"));
  if (record.state === "received") row.append(make("a.btn.btn--quiet", { href: record.href }, say("open")));
  return row;
}

const link = (record, key) => make("a.btn", { href: `${set.form}#sua=${record.uuid}` }, say(key));

// Both versions; the person chooses, nothing is overwritten in silence.
function sideBySide(record) {
  const { there } = record;
  const keepThere = () => change(record.uuid, (each) => ({ ...each, state: "received", version: 0, href: there.href, sentAt: Date.now(), there: undefined }));
  const keepMine = async () => {
    await change(record.uuid, (each) => ({ ...each, state: "waiting", base: there.version, nextTry: 0, there: undefined }));
    send(true);
  };
  const column = (title, of, ...more) => make("section.field", {}, make("h3", {}, say(title)), make("p", {}, dayText(of.date)), make("p", {}, numbersOf(of)), make("p", {}, of.title), ...more);
  return make("div.versions", {},
    column("there", there, there.withdrawn && say("gone"), make("button.btn.btn--wide", { type: "button", onclick: keepThere }, say("keep.there"))),
    column("mine", record, !there.withdrawn && make("button.btn.btn--main.btn--wide", { type: "button", onclick: keepMine }, say("keep.mine"))));
}

const numbersOf = ({ values }) => Object.values(values).filter((each) => each != null).join(" · ");

// A file with everything that waits, photos too; read again here or on another device. Twice is once.

async function download() {
  const records = (await all()).filter((each) => each.state !== "received");
  const items = await Promise.all(records.map(async (record) => ({ ...payload(record), line: record.line, state: record.state === "draft" ? "draft" : "waiting", photos: await texts(record.uuid) })));
  const file = new Blob([JSON.stringify({ outbox: 1, items })], { type: "application/json" });
  const name = `cho-gui-${new Date().toISOString().slice(0, 10)}.json`;
  const address = URL.createObjectURL(file);
  make("a", { href: address, download: name }).click();
  URL.revokeObjectURL(address);
}

async function texts(uuid) {
  const photos = (await photosOf(uuid)).filter((each) => each.blob);
  return Promise.all(photos.map(async (each) => ({ uuid: each.uuid, name: each.name, jpeg: await base64(each.blob) })));
}

const base64 = (blob) =>
  new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]);
    reader.readAsDataURL(blob);
  });

async function upload(file) {
  const told = document.getElementById("tep-noi");
  try {
    const { outbox, items } = JSON.parse(await file.text());
    if (outbox !== 1) throw new Error("another file");
    const there = new Set((await all(true)).map((each) => each.uuid));
    const missing = items.filter((each) => !there.has(each.uuid));
    for (const { saved_at, photos, v, ...record } of missing) await put({ ...record, who, savedAt: saved_at, tries: 0, photoCount: photos.length }, photos.map(photoOf));
    told.textContent = say("imported", { n: missing.length });
    send(true);
  } catch {
    told.textContent = say("unread");
  }
}

function photoOf({ uuid, name, jpeg }) {
  const bytes = Uint8Array.from(atob(jpeg), (letter) => letter.charCodeAt(0));
  return { uuid, name, state: "waiting", blob: new Blob([bytes], { type: "image/jpeg" }) };
}

document.getElementById("gui-ngay").addEventListener("click", () => send(true));
document.getElementById("xuat").addEventListener("click", download);
document.getElementById("nhan-tep").addEventListener("change", (event) => event.target.files[0] && upload(event.target.files[0]));
heard(show);
await show();
