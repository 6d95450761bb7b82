// What is typed into a long form is kept on this device after a pause, and offered again: a login or a network may end meanwhile.
const PAUSE = 800;
const form = document.querySelector("form[data-nhap]");
// Where others use the machine too, and where words are a citizen's, a draft goes with the tab, and with whoever leaves.
const goes = "shared" in (document.getElementById("stay")?.dataset ?? {}) || "nhapTam" in (form?.dataset ?? {});
const store = goes ? sessionStorage : localStorage;
const offer = document.querySelector("#nhap-do");

const key = form && `nhap:${form.dataset.nhap}`;
const boxes = () => [...form.elements].filter((each) => each.name && !["hidden", "submit", "file"].includes(each.type));
const isTick = (each) => ["checkbox", "radio"].includes(each.type);
const read = () => boxes().map((each) => (isTick(each) ? each.checked : each.value));
const write = (values) => boxes().forEach((each, at) => { if (isTick(each)) each.checked = values[at]; else each.value = values[at]; });

function kept() {
  try { return JSON.parse(store.getItem(key)); } catch { return null; }
}

// Other editions of the same form are over: what was typed into them was kept by the server, or given up.
function tidy() {
  const same = key.slice(0, key.lastIndexOf(":") + 1);
  for (const each of Object.keys(store)) if (each.startsWith(same) && each !== key) store.removeItem(each);
}

function keep() {
  try { store.setItem(key, JSON.stringify({ at: Date.now(), values: read() })); } catch { /* a full device keeps nothing */ }
}

function show(draft) {
  const at = new Date(draft.at).toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit" });
  offer.querySelector("time").textContent = at;
  offer.querySelector("[data-tiep]").addEventListener("click", () => { write(draft.values); offer.hidden = true; boxes()[0]?.focus(); });
  offer.querySelector("[data-bo]").addEventListener("click", () => { store.removeItem(key); offer.hidden = true; });
  offer.hidden = false;
}

if (form) {
  tidy();
  const draft = kept();
  if (draft && draft.values.length === boxes().length && JSON.stringify(draft.values) !== JSON.stringify(read())) show(draft);
  let waiting;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(keep, PAUSE); });
}
// A page that says that a form has arrived.
const arrived = document.querySelector("[data-nhap-xong]");
if (arrived) sessionStorage.removeItem(`nhap:${arrived.dataset.nhapXong}`);
