// The outbox: what this device has saved, and what of it the server has. The device first, then the server.
// A record is only ever taken out by a receipt of the server, or by the person.

import { openDB } from "./vendor/idb.js";
import { set, who } from "./say.js";

const waits = [5_000, 120_000, 900_000];
const kept = 50; // of those that were sent, the newest stay to be read; where others use the machine too, none
const undoable = 15_000; // milliseconds
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("outbox") : null;

const base = openDB("lantoa", 1, {
  upgrade(made) {
    made.createObjectStore("records", { keyPath: "uuid" });
    made.createObjectStore("photos", { keyPath: "uuid" }).createIndex("record", "record");
    made.createObjectStore("facts");
  },
});

export async function put(record, photos = []) {
  const deal = (await base).transaction(["records", "photos"], "readwrite");
  deal.objectStore("records").put(record);
  for (const photo of photos) deal.objectStore("photos").put({ ...photo, record: record.uuid, who: record.who });
  await deal.done;
  changed();
}

// Change what is here now, in one transaction: another tab may be at it too. Undefined when it is gone.
export async function change(uuid, make) {
  const deal = (await base).transaction("records", "readwrite");
  const record = await deal.store.get(uuid);
  const made = record && make(record);
  if (made) deal.store.put(made);
  await deal.done;
  changed();
  return made;
}

// Take back what was saved: from here alone if it never left, else from the server too.
export async function undo(uuid) {
  const taken = await change(uuid, (record) => ({ ...record, undone: true, state: "waiting", nextTry: 0 }));
  if (taken && !taken.tries) await drop(uuid);
}

export async function drop(uuid) {
  const deal = (await base).transaction(["records", "photos"], "readwrite");
  deal.objectStore("records").delete(uuid);
  for (const key of await deal.objectStore("photos").index("record").getAllKeys(uuid)) deal.objectStore("photos").delete(key);
  await deal.done;
  changed();
}

export const get = async (uuid) => (await base).get("records", uuid);
export const photosOf = async (uuid) => (await base).getAllFromIndex("photos", "record", uuid);
export const fact = async (name) => (await base).get("facts", name);
const note = async (name, value) => (await base).put("facts", value, name);

// Mine, the oldest first; of anyone with `everyone`.
export async function all(everyone = false) {
  const found = await (await base).getAll("records");
  return found.filter((each) => everyone || each.who === who).sort((one, other) => (one.savedAt < other.savedAt ? -1 : 1));
}

export const unsent = async () => (await all()).filter((each) => !["draft", "received"].includes(each.state));

export function heard(listener) {
  addEventListener("outbox", listener);
  tabs?.addEventListener("message", listener);
}

function changed() {
  dispatchEvent(new Event("outbox"));
  tabs?.postMessage("changed");
}

// One tab sends at a time.
export async function flush(now = false) {
  if (!who || !navigator.onLine) return "offline";
  if (!navigator.locks) return sendAll(now);
  return navigator.locks.request("outbox", { ifAvailable: true }, (lock) => (lock ? sendAll(now) : "elsewhere"));
}

// Text before photos: three kilobytes pass where a hundred and fifty do not. The order of saving is kept.
async function sendAll(now) {
  for (const record of await all()) {
    const fresh = await get(record.uuid); // another tab may have taken it back since
    if (fresh?.state !== "waiting") continue;
    if (!now && (fresh.nextTry ?? 0) > Date.now()) return "later";
    const ended = await sendOne(fresh);
    if (ended) return ended;
  }
  const ended = (await sendForms()) || ((now || !navigator.connection?.saveData) && (await sendPhotos()));
  if (ended) return ended;
  await tidy();
  if (!(await unsent()).length) await note(`all.${who}`, Date.now());
  changed();
  return "done";
}

// "" when the next may follow
async function sendOne({ uuid }) {
  const record = await change(uuid, (each) => ({ ...each, tries: (each.tries ?? 0) + 1 }));
  if (!record) return "";
  const { status, told } = await post(set.send, JSON.stringify(payload(record)));
  if (status === 200 && told.state === "received") return received(uuid, told);
  if (status === 422) return settled(uuid, { state: "asked", wrong: told.wrong });
  if (status === 409) return settled(uuid, { state: "differs", there: told.there, why: told.sentence });
  if (status === 400 || status === 413 || (status === 403 && told.state))
    return settled(uuid, { state: "asked", wrong: [{ where: "", sentence: told.sentence }] });
  if (status === 401 || status === 403) return enter();
  return later(uuid, status, told);
}

async function received(uuid, told) {
  await note(`enter.${who}`, false);
  const version = ((await get(uuid))?.base ?? 0) + 1; // what a correction made here corrects
  const sent = { state: "received", version, href: told.href, sentAt: Date.now(), wrong: undefined, there: undefined, code: undefined };
  const record = await change(uuid, (each) => (each.undone ? each : { ...each, ...sent }));
  if (!record?.undone) return "";
  const { status, told: said } = await post(set.undo, JSON.stringify({ uuid }));
  if (status !== 200) return later(uuid, status, said);
  await drop(uuid);
  return "";
}

// What is taken back is not asked about any more: the server has refused it already.
async function settled(uuid, answer) {
  const record = await change(uuid, (each) => (each.undone ? each : { ...each, ...answer }));
  if (record?.undone) await drop(uuid);
  return "";
}

async function later(uuid, status, told) {
  const code = status ? `${status}-${uuid.slice(0, 4).toUpperCase()}` : "";
  await change(uuid, (each) => {
    const wait = told.retryAfter ? told.retryAfter * 1000 : waits[Math.min(each.tries, waits.length) - 1];
    return { ...each, nextTry: Date.now() + wait, code };
  });
  return "later";
}

async function enter() {
  await note(`enter.${who}`, true);
  changed();
  return "enter";
}

// Reports that could not be sent: one a page and unit, with the moment of saving. The server decides what that moment is worth.
const formKey = ({ path, unit }) => `form.${path}.${unit}.${who}`;

export async function forms() {
  const facts = (await base).transaction("facts").store;
  const [keys, values] = await Promise.all([facts.getAllKeys(), facts.getAll()]);
  return values.filter((_each, place) => keys[place].startsWith("form.") && keys[place].endsWith(`.${who}`));
}

export async function keepForm(told) {
  await note(formKey(told), told);
  changed();
}

export async function dropForm(told) {
  await (await base).delete("facts", formKey(told));
  changed();
}

// "received", "asked", "enter" or "later"
export async function sendForm({ path, fields, savedAt }, isLate = false) {
  const sent = new URLSearchParams(isLate ? [...fields, ["luu-luc", savedAt]] : fields);
  const { type, status } = await ask(path, sent, {}, "manual").catch(() => ({}));
  if (type === "opaqueredirect") return "received"; // it goes on to the page of what was sent
  if (status === 401 || status === 403) return "enter";
  return status >= 400 && status < 500 ? "asked" : "later";
}

async function sendForms() {
  for (const told of await forms()) {
    if (told.state !== "waiting") continue;
    const answer = await sendForm(told, true);
    if (answer === "received") await dropForm(told);
    else if (answer === "asked") await keepForm({ ...told, state: "asked" });
    else return answer === "enter" ? enter() : answer;
  }
  return "";
}

async function sendPhotos() {
  const mine = (await (await base).getAll("photos")).filter((each) => each.who === who && each.state === "waiting");
  for (const photo of mine) {
    const record = await get(photo.record);
    if (record?.state !== "received") continue;
    const address = `${set.photo}${photo.record}/${photo.uuid}/?ten=${encodeURIComponent(photo.name)}`;
    const { status, told } = await post(address, photo.blob, 120_000);
    if (status === 200) await (await base).put("photos", { ...photo, state: "received", blob: null });
    else if (status === 422 || status === 413) await (await base).put("photos", { ...photo, state: "refused", why: told.wrong?.[0].sentence ?? told.sentence });
    else if (status === 401 || status === 403) return enter();
    else return "later";
    changed();
  }
  return "";
}

async function tidy() {
  const done = (await all()).filter((each) => each.state === "received").reverse();
  const gone = "shared" in set ? done.filter((each) => each.sentAt < Date.now() - undoable) : done.slice(kept);
  for (const record of gone) {
    const photos = await photosOf(record.uuid);
    if (photos.every((each) => each.state === "received")) await drop(record.uuid);
  }
}

// Whoever leaves a machine that others use too takes everything along but what has not been sent; that too if they say so.
export async function clean(withUnsent) {
  for (const { uuid, state } of await all()) if (withUnsent || state === "received") await drop(uuid);
  for (const key of await (await base).getAllKeys("facts")) if (key.endsWith(`.${who}`) && (withUnsent || !key.startsWith("form."))) await (await base).delete("facts", key);
}

export function payload(record) {
  const { uuid, unit, kind, date, values, title, serves, base = 0, savedAt } = record;
  return { v: 1, uuid, unit, kind, date, values, title, serves, base, saved_at: savedAt };
}

// The token is read at each sending: a new login has a new one.
function ask(address, body, headers, redirect, patience = 30_000) {
  const token = document.cookie.match(/(?:^|; )dau=([^;]*)/)?.[1] ?? "";
  return fetch(address, { method: "POST", headers: { Accept: "application/json", "X-CSRFToken": token, ...headers }, body, redirect, signal: AbortSignal.timeout(patience) });
}

async function post(address, body, patience = 30_000) {
  const type = typeof body === "string" ? "application/json" : "image/jpeg";
  try {
    const answer = await ask(address, body, { "Content-Type": type }, "error", patience);
    const told = await answer.json().catch(() => ({}));
    return { status: answer.status, told: { ...told, retryAfter: Number(answer.headers.get("Retry-After")) || 0 } };
  } catch {
    return { status: 0, told: {} };
  }
}

// When the next waiting record may be tried again; null when none waits.
export async function nextTry() {
  const times = (await all()).filter((each) => each.state === "waiting").map((each) => each.nextTry ?? 0);
  if ((await forms()).some((each) => each.state === "waiting")) times.push(Date.now() + waits[1]);
  return times.length ? Math.min(...times) : null;
}
