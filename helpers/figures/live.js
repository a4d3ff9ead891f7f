// The browser's part of a live figure: it paints frames, lets learners grab what stands in the picture, and gives the
// sliders' handles their names. A figure works without it, by its sliders, and with a whole picture for each frame.

const LOST = "The kernel has gone: this picture stands still. Run its cell again (Shift + Enter) to move it.";

const REST = 200; // milliseconds without a new picture

export default {
  render({model, el}) {
    el.style.display = "none";
    const view = Math.random().toString(36), end = new AbortController();
    const listening = {signal: end.signal};
    const pieces = [];
    let figure = null, held = null, waiting = false, next = null, resting = 0, description = "";

    const picture = () => figure.querySelector(".widget-html svg");

    // A frame brings the pieces of the picture that have changed; each piece is a group of the SVG.
    const take = ({changed, count, words}) => {
      for (const [place, piece] of Object.entries(changed)) pieces[place] = piece;
      pieces.length = count;
      description = words;
      paint();
    };

    const paint = () => {
      const svg = figure && picture();
      if (!svg || !pieces.length) return;
      while (svg.children.length > pieces.length) svg.lastChild.remove();
      while (svg.children.length < pieces.length) {
        svg.append(document.createElementNS("http://www.w3.org/2000/svg", "g"));
      }
      pieces.forEach((piece, place) => {
        const group = svg.children[place];
        if (group.painted !== piece) group.innerHTML = group.painted = piece;
      });
      svg.setAttribute("aria-label", description);
      clearTimeout(resting);
      resting = setTimeout(() => end.signal.aborted || model.send({view, rests: true}), REST);
    };

    // Handles get names; and readouts a width that holds their longest number, or tracks would shrink while they grow.
    const mendSliders = () => {
      const sliders = [...figure.querySelectorAll(".widget-slider")];
      const handlesOf = slider => slider.querySelectorAll("[role=slider]");
      const width = sliders.some(slider => handlesOf(slider).length > 1) ? "15ch" : "8ch";
      for (const slider of sliders) {
        const label = slider.querySelector("label")?.textContent, handles = handlesOf(slider);
        const readout = slider.querySelector(".widget-readout");
        if (readout) Object.assign(readout.style, {boxSizing: "border-box", flex: "none", width, maxWidth: "none"});
        handles.forEach((handle, n) =>
          handle.setAttribute("aria-label", handles.length < 2 ? label : `${label}, ${n ? "upper" : "lower"} end`));
      }
    };

    // JupyterLab takes arrow keys for its cells before a list hears of them, and some, as that of the site, before a slider.
    const claim = ({target, key}) => {
      if (figure?.contains(target) && target.matches("[role=slider], select"))
        target.toggleAttribute("data-lm-suppress-shortcuts", key.startsWith("Arrow"));
    };

    // Where the pointer is, in pixels of the picture as the kernel drew it, and which grip is there.
    const place = event => {
      const box = picture().getBoundingClientRect(), scale = picture().viewBox.baseVal.width / box.width;
      return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    };
    const gripAt = ([x, y]) => model.get("grips").findIndex(
      ({box: [left, top, width, height]}) => left <= x && x <= left + width && top <= y && y <= top + height);

    // One message is on its way at a time, and the newest place waits for its answer: so the last place always arrives.
    const tell = () => {
      if (waiting || !next) return;
      model.send({view, ...next});
      [waiting, next] = [true, null];
    };
    const hear = message => {
      if (message.frame) return take(message.frame);
      if (message.view !== view) return;
      waiting = false;
      tell();
    };

    const press = event => {
      if (event.button || !event.isPrimary || !picture()?.contains(event.target)) return;
      const grip = gripAt(place(event));
      if (grip < 0) return;
      held = {grip, pressed: true};
      picture().parentElement.setPointerCapture(event.pointerId);
      event.preventDefault();
      move(event);
    };
    const move = event => {
      if (held) {
        next = {...held, to: place(event), pressed: held.pressed || Boolean(next?.pressed)};
        held.pressed = false;
        tell();
      } else if (picture()?.contains(event.target)) {
        picture().style.cursor = model.get("grips")[gripAt(place(event))]?.cursor ?? "";
      }
    };
    const release = () => { held = null; };

    const lose = () => queueMicrotask(() => {
      if (!figure?.matches(".jupyter-widgets-disconnected, :has(.jupyter-widgets-disconnected)")) return;
      end.abort();
      const words = Object.assign(document.createElement("div"), {textContent: LOST});
      words.setAttribute("role", "status");
      // The words have the page's own colour, which can be read on any theme.
      Object.assign(words.style, {borderLeft: "4px solid #C43B08", paddingLeft: "8px"});
      figure.append(words);
    });

    // A view is put into the page after it has been made, and its neighbours even later.
    const arrive = () => {
      figure = el.closest(".live-figure");
      if (!figure) return void (end.signal.aborted || requestAnimationFrame(arrive));
      for (const [event, react] of Object.entries({pointerdown: press, pointermove: move, pointerup: release,
                                                   pointercancel: release})) {
        figure.addEventListener(event, react, listening);
      }
      addEventListener("keydown", claim, {capture: true, signal: end.signal});
      // A number in a readout is no element, and comes with every step of a slider.
      const made = ({target, addedNodes}) => !target.closest("svg") && [...addedNodes].some(node => node.nodeType === 1);
      const watcher = new MutationObserver(changes => {
        if (!changes.some(made)) return;
        paint();
        mendSliders();
      });
      watcher.observe(figure, {childList: true, subtree: true});
      end.signal.addEventListener("abort", () => watcher.disconnect());
      paint();
      mendSliders();
      model.send({view, here: true});
    };

    const heard = {"msg:custom": hear, "comm_live_update": lose};
    for (const [event, react] of Object.entries(heard)) model.on(event, react);
    arrive();
    return () => {
      end.abort();
      for (const [event, react] of Object.entries(heard)) model.off(event, react);
      model.send({view, here: false});
    };
  },
};
