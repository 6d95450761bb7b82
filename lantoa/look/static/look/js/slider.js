// The date slider says its day while it moves and opens it when it is let go. Without this, its button does.
const DAY = 86_400_000;
for (const form of document.querySelectorAll("[data-slider]")) {
  const range = form.querySelector("input[type=range]");
  const output = form.querySelector("output");
  const first = Date.parse(form.dataset.first);
  const show = () => {
    const [year, month, day] = new Date(first + range.value * DAY).toISOString().slice(0, 10).split("-");
    output.value = `${day}/${month}/${year}`;
    range.setAttribute("aria-valuetext", output.value);
  };
  range.addEventListener("input", show);
  let pointed = false;
  range.addEventListener("pointerdown", () => { pointed = true; });
  // Only after the pointer: with the keyboard every step is a change, and Enter sends the form.
  range.addEventListener("change", () => { if (pointed) form.requestSubmit(); pointed = false; });
}
