"use strict";
// What makes the page quicker to use; everything else on it works without.

// A problem, and a word of the preview, lead to their field or to their line in the text.
function show(name) {
  const text = document.querySelector("textarea#text");
  const line = /^line-(\d+)$/.exec(name);
  const field = document.getElementById(name);
  if (line && text) {
    const lines = text.value.split("\n");
    const number = Math.min(Number(line[1]), lines.length);
    const start = lines.slice(0, number - 1).reduce((sum, each) => sum + each.length + 1, 0);
    text.focus();
    text.setSelectionRange(start, start + lines[number - 1].length);
    text.scrollTop = Math.max(0, (number - 4) * (text.scrollHeight / lines.length));
  } else if (field) {
    for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    const first = field.matches("fieldset") && field.querySelector("input:not([disabled]), select, textarea, button");
    (first || field).focus();
    field.scrollIntoView({ block: "center" });
  }
}
function follow() {
  if (!window.location.hash || !document.querySelector("form[data-dirty]")) return;
  show(window.location.hash.slice(1));
  window.history.replaceState(null, "", window.location.pathname + window.location.search); // to be followed again
}
window.addEventListener("hashchange", follow);
follow();

// A page that has problems begins at the first.
const first = document.querySelector("[aria-invalid='true']");
if (first && document.activeElement === document.body && !document.querySelector("[autofocus]")) first.focus();

// A field that has a problem is marked so while a person types, and no longer than that.
document.addEventListener("htmx:afterSettle", () => {
  for (const field of document.querySelectorAll(".field")) {
    const control = field.querySelector("input, select, textarea");
    if (!control) continue;
    if (field.querySelector(".field-problem.error")) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
});

// What was typed and not saved is not left by accident.
let dirty = false;
document.addEventListener("input", (event) => { dirty = dirty || Boolean(event.target.closest("form[data-dirty]")); });
document.addEventListener("submit", () => { dirty = false; });
let leaving = false;
window.addEventListener("beforeunload", (event) => { leaving = true; if (dirty) event.preventDefault(); });

// A file that was saved elsewhere shows at once; beside something that was typed there is a word instead.
const events = new EventSource("/live");
events.addEventListener("changed", () => {
  const idle = !dirty && !leaving && !document.querySelector("form[data-dirty] :focus");
  if (idle && /^\/($|plans\/|funds)/.test(window.location.pathname)) { window.location.reload(); return; }
  document.getElementById("changed").hidden = false;
});
window.addEventListener("pagehide", () => events.close());

// The tour stays shut once somebody has shut it.
const tour = document.getElementById("tour");
if (tour) {
  if (localStorage.getItem("tour") === "off") tour.open = false;
  tour.addEventListener("toggle", () => localStorage.setItem("tour", tour.open ? "on" : "off"));
}
