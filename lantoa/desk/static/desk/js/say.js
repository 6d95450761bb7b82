// The words that scripts say: written in the page, in the reader's language, with {places} to fill.

const home = document.getElementById("may");
const words = home?.firstElementChild.content;

export const set = home?.dataset ?? {};
export const who = Number(set.who ?? 0);

export function say(key, places = {}) {
  const text = words.querySelector(`[data-say="${key}"]`)?.textContent ?? key;
  return text.replace(/\{(\w+)\}/g, (all, name) => places[name] ?? all);
}

export function icon(name) {
  return words.querySelector(`[data-icon="${name}"]`).firstElementChild.cloneNode(true);
}

// make("a.btn", { href }, icon("send"), "Gửi")
export function make(kind, marks = {}, ...inside) {
  const [tag, ...classes] = kind.split(".");
  const made = document.createElement(tag);
  if (classes.length) made.className = classes.join(" ");
  for (const [name, value] of Object.entries(marks)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...inside.filter((each) => each != null && each !== ""));
  return made;
}

const clock = new Intl.DateTimeFormat("vi", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
const calendar = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" });

// The clock of the server, as far as this device has heard of it: its own may be years off.
export const now = () => Date.now() + Number(localStorage.getItem("offset") ?? 0);
export const iso = (moment = now()) => calendar.format(moment);
export const dayText = (day) => day.split("-").reverse().join("/");

// "07:12 hôm nay", else "07:12 23/11/2026"
export function when(moment) {
  const day = iso(moment);
  return `${clock.format(moment)} ${day === iso() ? say("today") : dayText(day)}`;
}
