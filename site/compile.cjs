// Makes what the browser downloads smaller and quicker to import, in the very Python that will import it: node compile.cjs
// FOLDER reads a list of file names from stdin, and writes a compiled copy of each into FOLDER/small.
const fs = require("fs");
const path = require("path");

async function main(folder) {
  const names = JSON.parse(fs.readFileSync(0, "utf8"));
  const {loadPyodide} = require(path.join(folder, "pyodide.js"));
  const python = await loadPyodide({indexURL: folder + path.sep});
  python.FS.mkdir("/work");
  python.FS.mount(python.FS.filesystems.NODEFS, {root: folder}, "/work");
  await python.loadPackage(["activation-notebooks", "ipython", "micropip"], {messageCallback() {}});
  python.globals.set("names", python.toPy(names));
  python.runPython(fs.readFileSync(path.join(__dirname, "in_pyodide.py"), "utf8"));
}

main(path.resolve(process.argv[2])).catch(trouble => {
  console.error(trouble.message);
  process.exit(1);
});
