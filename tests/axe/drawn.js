// Draws HTML files in frames of some widths. Leaves in the page, for each file and width, how wide what it holds is
// drawn, and the rules of axe that it breaks, where axe is there.
const rules = {
  region: { enabled: false }, // EDGAR takes no <main>, and no role
  "landmark-one-main": { enabled: false },
  "scrollable-region-focusable": { enabled: false }, // nor a tabindex; browsers let keys reach what scrolls
  "empty-table-header": { enabled: false }, // over names without a group nothing stands, and their column has no head
};

async function draw(file, width, axe) {
  const frame = document.createElement("iframe");
  Object.assign(frame, { width, height: 800, src: file });
  frame.style.border = 0;
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  document.body.append(frame);
  await loaded;
  const page = frame.contentDocument;
  const result = { file, width, drawn: page.documentElement.scrollWidth, broken: [] };
  if (axe) {
    frame.contentWindow.eval(axe);
    const { violations } = await frame.contentWindow.axe.run(page, { rules });
    result.broken = violations.map((rule) => rule.id);
  }
  frame.remove();
  return result;
}

(async () => {
  const results = [];
  for (const [file, width] of pages) results.push(await draw(file, width, axe));
  document.body.textContent = JSON.stringify(results);
})();
