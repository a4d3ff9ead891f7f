// What JupyterLite starts in place of pyodide.js. Python then looks last into the notebook's folder, which is in the page's
// hands: each question about it is a message there and back, and a lesson's imports would ask 120 times.
self.loadPyodide = async options => {
  importScripts(`${options.indexURL}pyodide.js`); // it puts its own loadPyodide in this one's place
  const python = await self.loadPyodide(options);
  python.runPython("import sys; sys.path.remove(''); sys.path.append('')");
  return python;
};
