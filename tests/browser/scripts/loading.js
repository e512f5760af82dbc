/* The scripts of the site in Node.js: classic scripts, whose constants are those of one page. */
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const repository = path.join(__dirname, "../../..");
const folder = path.join(repository, "overrides/assets/javascripts/review");
const page = fs.readFileSync(path.join(repository, "docs/checklist.md"), "utf8");
// the order of the page; what touches its document is tested in a browser
const names = [...page.matchAll(/review\/([\w-]+)\.js/g)].map(([, name]) => name).filter((name) => !name.startsWith("page-"));
for (const name of names) {
  const file = path.join(folder, `${name}.js`);
  vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });
}

const cases = path.join(repository, "tests/fixtures/reviews");
const { catalog, requirements, withdrawn } = JSON.parse(fs.readFileSync(path.join(cases, "requirements.expected"), "utf8"));

module.exports = { cases, guide: reviewModel.guide(catalog, requirements, withdrawn) };
