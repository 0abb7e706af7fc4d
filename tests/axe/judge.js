// Prints what axe finds in HTML files, one line a file: its name, and the rules that it breaks, or "none".
const fs = require("fs");
const axe = require("axe-core");
const { JSDOM } = require("jsdom");

const rules = {
  "color-contrast": { enabled: false }, // these two need a page that is drawn
  "target-size": { enabled: false },
  region: { enabled: false }, // EDGAR takes no <main>, and no role
  "empty-table-header": { enabled: false }, // over names without a group nothing stands, and their column has no head
};

async function judge(path) {
  const window = new JSDOM(fs.readFileSync(path, "latin1"), { runScripts: "outside-only" }).window;
  window.eval(axe.source);
  const { violations, passes } = await window.axe.run(window.document, { rules });
  if (!passes.length) throw new Error(`axe judged nothing of ${path}`);
  console.log(`${path}: ${violations.map((rule) => rule.id).join(" ") || "none"}`);
}

(async () => {
  for (const path of process.argv.slice(2)) await judge(path);
})();
