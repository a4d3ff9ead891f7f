// What the tests ask of a JupyterLab page: the notebook, its kernel, and what a learner's eye could see of a live figure.
// lab.py puts the selectors PICTURE, CONTROLS and KINDS before it.
const words = element => element?.textContent.replaceAll('\u00a0', ' ').trim() ?? '';

// The state that a control shows, as text; null where it shows none.
function shown(control) {
  const has = kind => control.classList.contains(kind);
  if (has('widget-slider')) return words(control.querySelector('.widget-readout')) || null;
  if (has('widget-toggle-buttons')) return words(control.querySelector('.mod-active'));
  if (has('widget-toggle-button')) return String(has('mod-active'));
  if (has('widget-checkbox')) return String(control.querySelector('input').checked);
  if (has('widget-radio')) return words(control.querySelector('input:checked')?.closest('label'));
  const select = control.querySelector('select');
  return select ? words(select.selectedOptions[0]) : control.querySelector('input')?.value ?? null;
}

// Readouts are rounded, have a real minus sign, and write a range as "low – high".
function same(text, value) {
  const numbers = text.replaceAll('−', '-').split(' – ');
  const values = Array.isArray(value) ? value : [value];
  if (!values.every(v => typeof v === 'number')) return text === String(value);
  return numbers.length === values.length && numbers.every((number, i) => {
    const lastDigit = 10 ** -(number.split('.')[1] ?? '').length;
    return Math.abs(Number(number) - values[i]) <= 0.501 * lastDigit;
  });
}

window.lab = {
  get panel() { return window.jupyterapp?.shell?.currentWidget; },
  get kernel() { return lab.panel?.context?.sessionContext?.session?.kernel; },
  get cells() { return [...(lab.panel?.content?.model?.cells ?? [])]; },

  // Whether the notebook stands there and its kernel waits for work.
  ready: () => lab.cells.length > 0 && lab.panel.content.widgets.length === lab.cells.length && lab.kernel?.status === 'idle',

  // Opens another notebook in place of the present one, whose kernel ends.
  async open(path) {
    const old = lab.panel;
    old.context.model.dirty = false; // or JupyterLab asks whether it is to be saved
    await old.context.sessionContext.shutdown();
    old.dispose();
    await window.jupyterapp.commands.execute('docmanager:open', {path, factory: 'Notebook'});
  },

  // Collects exceptions and warnings from the kernel: a slider's callback has no cell in which it could fail.
  listen() {
    lab.heard = [];
    const widgets = new Set();
    // JupyterLab asks for the widgets of a kernel before ipywidgets is there to answer, over a comm of its own.
    const known = text => text.startsWith('No such comm target registered: jupyter.widget.control') ||
      text.startsWith('No such comm: ') && !widgets.has(text.slice(14).trim());
    lab.kernel.anyMessage.connect((_, {msg: {header, content}}) => {
      if (header.msg_type === 'comm_open' && content.target_name === 'jupyter.widget') widgets.add(content.comm_id);
      if (header.msg_type === 'error') lab.heard.push(`${content.ename}: ${content.evalue}`);
      if (header.msg_type === 'stream' && content.name === 'stderr' && !known(content.text)) lab.heard.push(content.text);
    });
  },

  runAll: () => window.jupyterapp.commands.execute('notebook:run-all-cells'),

  run(index) {
    lab.panel.content.activeCellIndex = index;
    return window.jupyterapp.commands.execute('notebook:run-cell');
  },

  outputs: () => lab.cells.flatMap((cell, index) => cell.type !== 'code' ? [] :
    [...Array(cell.outputs.length).keys()].map(i => ({cell: index, ...cell.outputs.get(i).toJSON()}))),

  unfinished: () => lab.cells.filter(c => c.type === 'code' && c.sharedModel.source.trim() && c.executionCount === null).length,

  // Runs code that no prompt counts, and returns what it prints.
  async inKernel(code) {
    let printed = '';
    const request = lab.kernel.requestExecute({code, store_history: false});
    request.onIOPub = ({content}) => { printed += content.text ?? ''; };
    const {content} = await request.done;
    if (content.status !== 'ok') throw new Error(`${content.ename}: ${content.evalue}`);
    return printed;
  },

  controls: figure => [...figure.querySelectorAll(CONTROLS)].map(control => ({
    kind: KINDS.find(kind => control.classList.contains(`widget-${kind}`)),
    label: words(control.querySelector('label')) || words(control),
    shown: shown(control),
  })),

  texts: figure => Object.fromEntries(
    [...figure.querySelectorAll(`${PICTURE} text[data-name]`)].map(text => [text.dataset.name, text.textContent])),

  // A sentence for everything in which the figure on the page differs from the kernel's report, which `code` prints.
  async differences(figure, code) {
    const kernel = JSON.parse(await lab.inKernel(code));
    const found = [], label = figure.querySelector(PICTURE)?.getAttribute('aria-label'), texts = lab.texts(figure);
    if (label !== kernel.alt) found.push(`the picture says "${label}", the kernel "${kernel.alt}"`);
    for (const [name, text] of Object.entries(kernel.texts))
      if (texts[name] !== text) found.push(`"${name}" reads "${texts[name]}" in the picture, "${text}" in the kernel`);
    for (const {label, shown} of lab.controls(figure))
      if (shown !== null && label in kernel.values && !same(shown, kernel.values[label]))
        found.push(`the control "${label}" shows ${shown}, the kernel has ${kernel.values[label]}`);
    return found;
  },

  // The widths of the raster images in a picture that have less than two of their pixels for each pixel on the page.
  async coarse(figure) {
    const widths = await Promise.all([...figure.querySelectorAll(`${PICTURE} image`)].map(async place => {
      const image = Object.assign(new Image(), {src: place.href.baseVal});
      await image.decode();
      return [image.naturalWidth, place.getBoundingClientRect().width];
    }));
    return widths.filter(([pixels, width]) => pixels < 2 * width - 1);
  },

  // Waits until the figure shows what the kernel says, and lets the kernel check that; returns what still differs after
  // so many milliseconds.
  async settle(figure, report, review, patience) {
    const end = performance.now() + patience;
    for (;;) {
      let found = await lab.differences(figure, report);
      if (!found.length) found = await lab.differences(figure, review);
      if (!found.length || performance.now() > end) return found;
      await new Promise(requestAnimationFrame);
    }
  },

  // Looks at a figure in every frame that changes it, until it is told to stop; then says what it saw.
  watch(figure) {
    const elements = figure.querySelectorAll(`${PICTURE} *`).length;
    const seen = {repaints: 0, heights: [], incomplete: [], stop: false};
    let before = figure.querySelector(PICTURE).outerHTML, touched = true;
    const watcher = new MutationObserver(() => { touched = true; });
    watcher.observe(figure, {subtree: true, childList: true, attributes: true, characterData: true});
    const look = () => {
      if (seen.stop) return watcher.disconnect();
      requestAnimationFrame(look);
      if (!touched) return;
      touched = false;
      const picture = figure.querySelector(PICTURE), height = figure.getBoundingClientRect().height;
      if (seen.heights.at(-1) !== height) seen.heights.push(height);
      // Zones and labels come and go, but a picture never loses half of what it consists of.
      if (!picture?.getAttribute('aria-label') || picture.querySelectorAll('*').length < elements / 2)
        seen.incomplete.push(picture?.outerHTML.slice(0, 300) ?? 'no picture');
      else if (picture.outerHTML !== before) { seen.repaints += 1; before = picture.outerHTML; }
    };
    look();
    return seen;
  },
};
