// Runs a lesson when it is opened in JupyterLite, and says how far that is and what goes wrong. It is a prebuilt extension
// of JupyterLab as its bundler would write it: an object that is given the shared modules and gives back one plugin.

const WORDS = {
  wasm: "This browser cannot run Python: it has no WebAssembly, or it is switched off. ",
  elsewhere: "This lesson is open in another tab, and two would overwrite each other's changes. Go on there. This tab follows when you close the other one.",
  loading: "Python is starting. You can read on: the pictures below are those of an earlier run.",
  offline: "You are offline. A lesson that runs goes on running; another one opens when you are online again.",
  unloaded: "Python could not be loaded. Are you online? Reload the page to try again; your changes are kept.",
  slow: "Python is still starting. On a slow line this can take some minutes the first time; you can read meanwhile.",
  done: "Everything runs. Move a slider, or change a cell and press Shift + Enter.",
  forgets: "Everything runs. This is a private window: it forgets your changes when you close it. To keep them, choose File → Download.",
  newer: "There is a newer version of this lesson. You see your own copy, as it was saved here; “Start afresh” above gives it up for the new one.",
  afresh: "Start this lesson afresh? Your changes to it are thrown away. To keep them, cancel and choose File → Download first.",
  failed: "A cell did not run to its end: its last line says why. The cells below it have not been run.",
};

// One line above the notebook. Screen readers announce what it says.
class Line {
  constructor() {
    this.node = document.createElement("div");
    this.node.id = "lesson-line";
    this.node.setAttribute("role", "status");
    this.node.hidden = true;
    document.body.append(this.node);
  }

  say(words, {share = null, grave = false, seconds = 0, link = ""} = {}) {
    clearTimeout(this.timer);
    this.node.textContent = words;
    if (link) this.node.append(Object.assign(document.createElement("a"), {href: link, textContent: "Read the lesson"}));
    this.node.hidden = !words;
    this.node.className = grave ? "grave" : "";
    this.node.style.setProperty("--share", share ?? 0);
    if (seconds) this.timer = setTimeout(() => this.say(""), 1000 * seconds);
  }
}

// Above everything: the way back, and room for what can be done with the lesson.
function addBar(link) {
  const bar = Object.assign(document.createElement("nav"), {id: "lesson-bar", ariaLabel: "This lesson"});
  for (const [href, textContent] of [["../../index.html", "← All lessons"], [link, "Read it"]])
    bar.append(Object.assign(document.createElement("a"), {href, textContent}));
  document.body.prepend(bar);
  dispatchEvent(new Event("resize")); // JupyterLab fills what is left
  return bar;
}

const STYLE = `
  #lesson-bar { position: fixed; inset: 0 0 auto; height: 36px; box-sizing: border-box; padding: 0 12px; display: flex; gap: 16px; align-items: center;
    font: 14px/1 system-ui, sans-serif; background: #24292F; white-space: nowrap; }
  #lesson-bar a, #lesson-bar button { padding: 8px 4px; font: inherit; color: #fff; background: none; border: 0; text-decoration: underline transparent; cursor: pointer; }
  #lesson-bar :is(a, button):is(:hover, :focus-visible) { text-decoration-color: #56B4E9; }
  #lesson-bar button { margin-left: auto; }
  #lesson-bar ~ #main { top: 36px; }
  #lesson-line { position: fixed; left: 50%; bottom: 16px; transform: translateX(-50%); z-index: 9000; box-sizing: border-box; max-width: min(44rem, calc(100vw - 32px));
    width: max-content; padding: 10px 16px; border-radius: 10px; font: 15px/1.45 system-ui, sans-serif; color: #fff; background:
    linear-gradient(#56B4E9, #56B4E9) 0 100% / calc(100% * var(--share)) 4px no-repeat #24292F; box-shadow: 0 4px 20px #0004; }
  #lesson-line.grave { background: #8A2E00; }
  #lesson-line a { color: inherit; font-weight: 600; }
  #lesson-line[hidden] { display: none; }`;

// The only writer of a lesson is the tab that holds its lock: a second one waits, and opens anew when it is its turn.
async function alone(path) {
  if (!navigator.locks) return true;
  return new Promise(resolve => {
    navigator.locks.request(`lesson ${path}`, {ifAvailable: true}, lock => {
      resolve(Boolean(lock));
      return lock ? new Promise(() => {}) : undefined;
    });
  });
}

const turn = path => navigator.locks.request(`lesson ${path}`, () => location.reload());

// Whether a private window is known to be one: Firefox and Safari give it no folder for files, Chromium does.
const forgets = () => navigator.storage?.getDirectory?.().then(() => false, () => true);

// The notebook on the page, once it stands there.
async function opened(app) {
  for (;;) {
    const panel = app.shell.currentWidget;
    if (panel?.context?.sessionContext && panel.content?.widgets) {
      await panel.context.ready;
      return panel;
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

async function kernelOf(panel) {
  await panel.context.sessionContext.ready;
  await panel.context.sessionContext.session.kernel.info;
  // The kernel answers before its Python is there. The first thing that it runs says when it is.
  await panel.context.sessionContext.session.kernel.requestExecute({code: "", silent: true, store_history: false}).done;
}

// What a lesson says and runs, without what it has shown.
const sources = notebook => JSON.stringify(notebook.cells.map(({source}) => [source].flat().join("")));

// Whether the site has another version of the lesson than the one that the reader's copy was made of.
async function isNewer(lesson, copy) {
  const answer = await fetch(`../files/${lesson}`).catch(() => null), key = `published ${lesson}`;
  if (!answer?.ok) return false;
  const published = sources(await answer.json()), before = localStorage.getItem(key) ?? published;
  if (before === published || copy === published) localStorage.setItem(key, published);
  return before !== published && copy !== published;
}

// The reader's copy goes, with what would save it once more, and the page opens the lesson as the site has it.
async function startAfresh(app, lesson, context) {
  if (!confirm(WORDS.afresh)) return;
  localStorage.removeItem(`published ${lesson}`);
  context.model.toJSON = () => { throw new Error("This copy has been given up."); };
  await app.serviceManager.contents.delete(context.path);
  location.reload();
}

// What is saved holds the pictures and not the live figures, which are nothing without their kernel.
function saveWithoutFigures(model) {
  const whole = model.toJSON.bind(model);
  model.toJSON = () => {
    const notebook = whole();
    for (const {data} of notebook.cells.flatMap(cell => cell.outputs ?? []))
      if (data?.["image/png"]) delete data["application/vnd.jupyter.widget-view+json"];
    return notebook;
  };
}

// One cell after the other, so that the stored pictures stay until their cell has a new one.
async function runAll(panel, runCells, line) {
  const cells = panel.content.widgets.filter(cell => cell.model.type === "code");
  for (const [done, cell] of cells.entries()) {
    line.say(`Running the cells: ${done + 1} of ${cells.length}.`, {share: done / cells.length});
    if (!await runCells(panel.content, [cell], panel.context.sessionContext)) return false;
  }
  return true;
}

async function open(app, modules) {
  document.head.append(Object.assign(document.createElement("style"), {textContent: STYLE}));
  const line = new Line(), lesson = new URLSearchParams(location.search).get("path") ?? "";
  const link = `../../read/${lesson.replace(/\.ipynb$/, ".html")}`;
  const panel = await opened(app), {context} = panel;
  const bar = addBar(link);
  addEventListener("offline", () => line.say(WORDS.offline, {grave: true}));
  addEventListener("online", () => line.say(""));
  if (typeof WebAssembly === "undefined") return line.say(WORDS.wasm, {grave: true, link});
  if (!await alone(context.path)) {
    document.getElementById("main").inert = true;
    line.say(WORDS.elsewhere, {grave: true});
    return turn(context.path);
  }
  const onclick = () => startAfresh(app, lesson, context);
  bar.append(Object.assign(document.createElement("button"), {textContent: "Start afresh", onclick}));
  saveWithoutFigures(context.model);
  addEventListener("visibilitychange", () => document.hidden && context.model.dirty && context.save());
  line.say(WORDS.loading);
  const newer = isNewer(lesson, sources(context.model.toJSON()));
  const late = setTimeout(() => line.say(navigator.onLine ? WORDS.slow : WORDS.unloaded, {grave: !navigator.onLine}), 45_000);
  await kernelOf(panel);
  clearTimeout(late);
  const {NotebookActions} = await modules("@jupyterlab/notebook");
  const all = await runAll(panel, NotebookActions.runCells, line);
  if (!all) line.say(WORDS.failed, {grave: true});
  else if (await newer) line.say(WORDS.newer);
  else if (await forgets()) line.say(WORDS.forgets, {seconds: 20});
  else line.say(WORDS.done, {seconds: 8});
}

let shared;

async function modules(name) {
  const [version] = Object.values(shared[name]);
  return (await version.get())();
}

(window._JUPYTERLAB ??= {}).lesson = {
  init(scope) { shared = scope; },
  get: async () => () => ({
    __esModule: true,
    default: {id: "lesson:plugin", autoStart: true, activate: app => void app.started.then(() => open(app, modules))},
  }),
};
