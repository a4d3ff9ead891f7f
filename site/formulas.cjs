// Reads a list of {tex, display} as JSON and writes the list of their HTML, which needs no script in the reader's browser.
const fs = require("fs");
const katex = require("katex");

const formulas = JSON.parse(fs.readFileSync(0, "utf8"));
const set = ({tex, display}) => katex.renderToString(tex, {displayMode: display, throwOnError: true, strict: "ignore"});
process.stdout.write(JSON.stringify(formulas.map(set)));
