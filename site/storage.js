// A lesson's page starts JupyterLite once this says that the browser keeps something for the site. Where it does not, as in a
// frame on another site's page, JupyterLite would stay empty: words stand in its place, and where to go on.
window.hasStorage = (async () => {
  const WORDS = {
    framed: "A lesson cannot run inside this page: the browser keeps nothing for it here. Open it in a tab of its own: ",
    alone: "This browser keeps nothing for this site: storage is switched off, and a lesson cannot run without it. Switch cookies and site data on for this site. ",
  };
  const STYLE = "max-width: 40rem; margin: 0 auto; padding: 24px; font: 18px/1.6 system-ui, sans-serif; overflow-wrap: anywhere";

  try {
    localStorage.setItem("lesson", "");
    await new Promise((good, bad) => Object.assign(indexedDB.open("lesson"), {onsuccess: good, onerror: bad}));
    return true;
  } catch { /* Each throws where it is forbidden. */ }

  const link = (href, textContent, target = "") => Object.assign(document.createElement("a"), {href, textContent, target});
  const lesson = new URLSearchParams(location.search).get("path") ?? "", framed = window !== window.top;
  const line = Object.assign(document.createElement("main"), {id: "lesson-line", role: "alert", style: STYLE});
  line.append(framed ? WORDS.framed : WORDS.alone);
  // The address is there to read too: a sandbox may let no link open a tab.
  if (framed) line.append(link(location.href, location.href, "_blank"), document.createElement("br"), "To look at it here: ");
  line.append(link(`../../read/${lesson.replace(/\.ipynb$/, ".html")}`, "Read the lesson"));
  if (!document.body) await new Promise(good => addEventListener("DOMContentLoaded", good));
  document.body.append(line);
  return false;
})();
