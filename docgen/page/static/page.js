"use strict";
// What makes the page quicker to use; everything else on it works without.

// A problem leads to its line in the text.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  const text = document.querySelector("textarea#text");
  if (!link || !text) return;
  event.preventDefault();
  const lines = text.value.split("\n");
  const line = Math.min(Number(link.dataset.line), lines.length);
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  text.focus();
  text.setSelectionRange(start, start + lines[line - 1].length);
  text.scrollTop = Math.max(0, (line - 4) * (text.scrollHeight / lines.length));
});

// A page that has problems begins at the first.
const first = document.querySelector("[aria-invalid='true']");
if (first && !window.location.hash) first.focus();

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
