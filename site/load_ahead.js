// Begin to load JupyterLite and Python when the reader is about to press a button that needs them: the lesson's page says
// itself what it will ask for. Who asks for less data is not served ahead.
const sparing = navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches;
let begun = sparing || location.protocol === "file:";
const loadAhead = async link => {
  if (begun) return;
  begun = true;
  const answer = await fetch(link.href), page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const needed of page.querySelectorAll("link[rel=prefetch], link[rel=preload]")) {
    const href = new URL(needed.getAttribute("href"), link.href);
    document.head.append(Object.assign(document.createElement("link"), {rel: "prefetch", href}));
  }
};
for (const link of document.querySelectorAll("a[href*='run/notebooks/']")) {
  for (const event of ["pointerenter", "focus"]) {
    link.addEventListener(event, () => loadAhead(link).catch(() => { /* It will be loaded when it is asked for. */ }));
  }
}
