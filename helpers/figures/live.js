// The browser's part of a live figure. In a notebook, `render` paints the kernel's frames, lets learners grab what stands
// in the picture, and gives the sliders' handles their names; a figure works without it, by its sliders, and with a whole
// picture for each frame. On a page where no Python runs, `play` plays a recording (helpers/figures/recording.py).

const LOST = "The kernel has gone: this picture stands still. Run its cell again (Shift + Enter) to move it.";

const REST = 200; // milliseconds without a new picture

// Paint a picture: each of its pieces is a group of the SVG, and only those that differ are touched.
const paint = (svg, pieces, description) => {
  while (svg.children.length > pieces.length) svg.lastChild.remove();
  while (svg.children.length < pieces.length) svg.append(document.createElementNS(svg.namespaceURI, "g"));
  pieces.forEach((piece, place) => {
    const group = svg.children[place];
    if (group.painted !== piece) group.innerHTML = group.painted = piece;
  });
  svg.setAttribute("aria-label", description);
};

// Where the pointer is, in pixels of the picture as Python drew it.
const placeIn = (svg, event) => {
  const box = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / box.width;
  return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
};

const inBox = ([left, top, width, height], [x, y]) =>
  left <= x && x <= left + width && top <= y && y <= top + height;

// On a narrow page words would be too small to read: a button lets the picture have its full size, and scroll sideways.
const READABLE = 0.85; // of the full size
const letEnlarge = (svg, neighbour, signal) => {
  const box = svg.parentElement, full = svg.viewBox.baseVal.width;
  const button = Object.assign(document.createElement("button"), {type: "button", textContent: "larger picture"});
  button.className = "enlarge";
  button.style.cssText = "font:inherit;margin:2px 0 6px;padding:4px 10px";
  const enlarge = large => {
    const picture = box.querySelector("svg");
    box.style.overflowX = large ? "auto" : "";
    picture.style.minWidth = large ? `${full}px` : "";
    picture.style.touchAction = large ? "pan-x pan-y" : "pan-y";
    button.textContent = large ? "whole picture" : "larger picture";
    button.setAttribute("aria-pressed", large);
  };
  button.addEventListener("click", () => enlarge(button.getAttribute("aria-pressed") !== "true"));
  const watcher = new ResizeObserver(() => {
    if (box.clientWidth >= READABLE * full) button.remove();
    else if (!button.isConnected) neighbour.after(button);
  });
  watcher.observe(box);
  signal?.addEventListener("abort", () => {
    watcher.disconnect();
    button.remove();
  });
  enlarge(false);
};

// The value of a grip's control where the pointer is.
const valueAt = ({box: [left, , width], ends: [low, high]}, [x]) => low + (high - low) * (x - left) / width;

// What tells a value of a control from its others, as helpers/figures/ahead.py says it: a slider's in parts of a step.
const FINE = 1000;
const keyOf = (control, value) => {
  if (Array.isArray(value)) return value.map(end => keyOf(control, end));
  const base = control.get("base"), step = control.get("step");
  if (typeof value !== "number" || !step) return value;
  const place = base ? Math.log(value) / Math.log(base) : value;
  return Math.round(place / step * FINE);
};

// A value of an ipywidgets' slider, as near to any other as it can be.
const valueOf = (slider, value) => {
  const [low, high, step] = ["min", "max", "step"].map(name => slider.get(name));
  const stop = Math.round((Math.min(Math.max(value, low), high) - low) / step);
  return Number(Math.min(low + stop * step, high).toFixed(9));
};

export default {
  render({model, el}) {
    el.style.display = "none";
    const view = Math.random().toString(36), end = new AbortController();
    const listening = {signal: end.signal};
    const pieces = []; // of the kernel's last frame
    const models = {}; // of the controls, by their names
    const frames = new Map(), aheadTexts = []; // pictures by the values of all controls
    let figure = null, held = null, waiting = false, next = null, resting = 0, now = null, asked = null;

    const picture = () => figure?.querySelector(".widget-html svg");

    // What tells the values of all controls from others. Sliders that stay inside a range may not yet have moved with it.
    const keyNow = () => JSON.stringify(Object.entries(models).map(([name, control]) => {
      const index = control.get("index"), span = models[model.get("within")[name]]?.get("value");
      if (index !== undefined) return index;
      const value = control.get("value");
      return keyOf(control, span ? Math.min(Math.max(value, span[0]), span[1]) : value);
    }));

    // A frame brings the pieces of the picture that have changed.
    const take = ({changed, count, words, key}) => {
      for (const [place, piece] of Object.entries(changed)) pieces[place] = piece;
      pieces.length = count;
      now = {words, pieces: [...pieces], key: JSON.stringify(key)};
      if (key) frames.set(now.key, now);
      show();
    };

    // Frames that the kernel has drawn ahead. Their numbers are of texts since the kernel has last forgotten all.
    const takeAhead = ({known, texts, frames: ahead}) => {
      if (known !== aheadTexts.length) return;
      aheadTexts.push(...texts);
      for (const [key, numbers] of ahead) {
        const [words, ...drawn] = numbers.map(number => aheadTexts[number]);
        frames.set(JSON.stringify(key), {words, pieces: drawn});
      }
    };

    const forget = () => {
      frames.clear();
      aheadTexts.length = 0;
      asked = null;
    };

    const follow = name => {
      if (asked && name !== asked.control && model.get("within")[name] !== asked.control) asked = null;
      if (frames.has(keyNow())) show();
    };

    // The kernel's frame, or one that was drawn before for where the controls are by now.
    const show = () => {
      if (!picture() || !now) return;
      const key = keyNow(), shown = key !== now.key && frames.get(key) || now;
      paint(picture(), shown.pieces, shown.words);
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

    // Ask the kernel to draw ahead along a control that is about to be moved.
    const approach = (control, handle = 0) => {
      const value = models[control]?.get("value"), other = Array.isArray(value) ? value[1 - handle] : undefined;
      if (value === undefined || (asked?.control === control && asked.handle === handle && asked.other === other)) return;
      asked = {control, handle, other};
      model.send({view, near: control, handle});
    };
    const approached = ({target}) => {
      const slider = target.closest?.(".widget-slider"), label = slider?.querySelector("label")?.textContent;
      const name = Object.keys(models).find(name => models[name].get("description") === label);
      if (!slider || !name) return;
      const handles = [...slider.querySelectorAll("[role=slider]")];
      approach(name, Math.max(0, handles.indexOf(target.closest("[role=slider]"))));
    };

    const gripAt = place => model.get("grips").findIndex(grip => inBox(grip.box, place));

    // One message is on its way at a time, and the newest place waits for its answer: so the last place always arrives.
    const tell = () => {
      if (waiting || !next) return;
      model.send({view, ...next});
      [waiting, next] = [true, null];
    };
    const hear = message => {
      if (message.frame) return take(message.frame);
      if (message.ahead) return takeAhead(message.ahead);
      if (message.forget) return forget();
      if (message.view !== view) return;
      waiting = false;
      tell();
    };

    const press = event => {
      if (event.button || !event.isPrimary || !picture()?.contains(event.target)) return;
      const grip = gripAt(placeIn(picture(), event));
      if (grip < 0) return;
      held = {grip, pressed: true, control: models[model.get("grips")[grip].control] && model.get("grips")[grip].control};
      picture().parentElement.setPointerCapture(event.pointerId);
      event.preventDefault();
      move(event);
    };
    const move = event => {
      if (held?.control) {
        drag(event);
      } else if (held) {
        next = {...held, to: placeIn(picture(), event), pressed: held.pressed || Boolean(next?.pressed)};
        held.pressed = false;
        tell();
      } else if (picture()?.contains(event.target)) {
        const grip = model.get("grips")[gripAt(placeIn(picture(), event))];
        picture().style.cursor = grip?.cursor ?? "";
        if (grip?.control) approach(grip.control);
      }
    };
    // A grip of one control moves its slider right here, and the kernel hears of it from the slider.
    const drag = event => {
      const control = models[held.control];
      const value = valueOf(control, valueAt(model.get("grips")[held.grip], placeIn(picture(), event)));
      if (value === control.get("value")) return;
      control.set("value", value);
      control.save_changes();
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
                                                   pointercancel: release, pointerover: approached, focusin: approached})) {
        figure.addEventListener(event, react, listening);
      }
      addEventListener("keydown", claim, {capture: true, signal: end.signal});
      // A number in a readout is no element, and comes with every step of a slider.
      const made = ({target, addedNodes}) => !target.closest("svg") && [...addedNodes].some(node => node.nodeType === 1);
      const watcher = new MutationObserver(changes => {
        if (!changes.some(made)) return;
        show();
        mendSliders();
      });
      watcher.observe(figure, {childList: true, subtree: true});
      end.signal.addEventListener("abort", () => watcher.disconnect());
      show();
      mendSliders();
      letEnlarge(picture(), picture().closest(".widget-html"), end.signal);
      model.send({view, here: true});
    };

    const meet = async () => {
      for (const [name, id] of Object.entries(model.get("controls"))) {
        models[name] = await model.widget_manager.get_model(id);
        const react = () => follow(name);
        models[name].on("change:value", react);
        end.signal.addEventListener("abort", () => models[name].off("change:value", react));
      }
    };
    const heard = {"msg:custom": hear, "comm_live_update": lose};
    for (const [event, react] of Object.entries(heard)) model.on(event, react);
    arrive();
    meet();
    return () => {
      end.abort();
      for (const [event, react] of Object.entries(heard)) model.off(event, react);
      model.send({view, here: false});
    };
  },
};

// Recordings

const SLIDING = ["slider", "range", "steps"]; // kinds of controls whose stops have a distance
const ENOUGH = 3; // stops that a control needs to be moved while all others stay
const FILM = 20; // milliseconds from one step to the next of a film

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

// The states of a recording. A state is the number of a stop for each control; blocks are grids of states.
class Recording {
  constructor({controls, start}) {
    Object.assign(this, {controls, start, texts: [], blocks: [], definitions: ""});
  }

  add({definitions, texts, blocks}) {
    this.definitions = definitions;
    this.texts.push(...texts);
    this.blocks.push(...blocks);
  }

  // The texts of a state (words, message, grips, then pieces of SVG), or null where it was not recorded.
  at(state) {
    for (const {stops, texts} of this.blocks) {
      const place = state.map((stop, n) => stops[n].indexOf(stop));
      if (place.includes(-1)) continue;
      return texts.map(([axes, numbers]) => {
        const index = axes.reduce((sum, axis) => sum * stops[axis].length + place[axis], 0);
        return this.texts[numbers[index]];
      });
    }
    return null;
  }

  // The stops that a control can take while all others stay.
  line(control, state) {
    const found = this.blocks.filter(({stops}) => state.every((stop, n) => n === control || stops[n].includes(stop)));
    return [...new Set(found.flatMap(({stops}) => stops[control]))].sort((a, b) => a - b);
  }

  // The stops among which the reader moves a control: its line, or all when that is too short.
  choices(control, state) {
    const line = this.line(control, state), all = this.controls[control].stops;
    return line.length >= Math.min(ENOUGH, all.length) ? line : all.map((_, stop) => stop);
  }

  // How far two stops of a control are from each other, from 0 to 1.
  distance(control, one, other) {
    const {kind, stops} = this.controls[control];
    if (!SLIDING.includes(kind)) return Number(one !== other);
    return Math.abs(stops[one][0] - stops[other][0]) / (stops.at(-1)[0] - stops[0][0] || 1);
  }

  nearestStop(control, stops, wanted) {
    return stops.reduce((best, stop) =>
      this.distance(control, stop, wanted) < this.distance(control, best, wanted) ? stop : best);
  }

  // The state in which a control is as near to a stop as can be. Others stay if it then has some stops at all, else they
  // move as little as can be.
  moved(state, control, wanted) {
    const line = this.line(control, state), choices = this.choices(control, state);
    if (choices.every(stop => line.includes(stop))) return state.with(control, this.nearestStop(control, line, wanted));
    let best = null, least = Infinity;
    for (const {stops} of this.blocks) {
      const goal = state.with(control, wanted), there = goal.map((stop, n) => this.nearestStop(n, stops[n], stop));
      const cost = there.reduce(
        (sum, stop, n) => sum + (n === control ? 1000 : 1) * this.distance(n, stop, goal[n]), 0);
      if (cost < least) [best, least] = [there, cost];
    }
    return best;
  }
}

// Which of the `choices` among stops is nearest to a place.
const stopAt = (stops, choices, place) => choices.reduce((best, stop) =>
  Math.abs(stops[stop][0] - place) < Math.abs(stops[best][0] - place) ? stop : best);

// A control's element, with `show(stop, choices)` to let it stand at a stop; `move(stop)` is called when the reader moves it.
const slider = ({label, name, stops}, move) => {
  const input = make("input", {type: "range", step: "any", "aria-label": label}), output = make("output");
  const row = make("label", {class: "film-slider"}, make("span", {}, label), input, output);
  let now = 0, line = [];
  const step = by => {
    const place = line.indexOf(now) + by;
    move(line[Math.max(0, Math.min(line.length - 1, place))]);
  };
  input.addEventListener("input", () => move(stopAt(stops, line, Number(input.value))));
  const keys = {ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10,
                Home: -Infinity, End: Infinity};
  input.addEventListener("keydown", event => {
    if (!(event.key in keys)) return;
    event.preventDefault();
    step(keys[event.key]);
  });
  if (name === "step") row.append(film(() => now === line.at(-1) ? move(line[0]) : step(1), () => now === line.at(-1)));
  return {
    element: row,
    show(stop, choices) {
      now = stop;
      line = choices;
      input.min = stops[line[0]][0];
      input.max = stops[line.at(-1)][0];
      input.value = stops[stop][0];
      output.value = stops[stop][1];
      input.setAttribute("aria-valuetext", stops[stop][1]);
    },
  };
};

// A button that steps on until the end, or until it is pressed again.
const film = (step, ended) => {
  const button = make("button", {type: "button", "aria-pressed": "false"}, "play");
  let running = 0;
  const stop = () => {
    clearInterval(running);
    running = 0;
    button.textContent = "play";
    button.setAttribute("aria-pressed", "false");
  };
  button.addEventListener("click", () => {
    if (running) return stop();
    button.textContent = "stop";
    button.setAttribute("aria-pressed", "true");
    step();
    running = setInterval(() => ended() || !button.isConnected ? stop() : step(), FILM);
  });
  return button;
};

const buttons = ({label, stops}, move) => {
  const group = make("div", {class: "film-buttons", role: "group", "aria-label": label}, make("span", {}, label));
  const all = stops.map(([, words], stop) => {
    const button = make("button", {type: "button"}, words);
    button.addEventListener("click", () => move(stop));
    group.append(button);
    return button;
  });
  return {
    element: group,
    show(now, line) {
      all.forEach((button, stop) => {
        button.setAttribute("aria-pressed", stop === now);
        button.hidden = !line.includes(stop);
      });
    },
  };
};

const list = ({label, stops}, move) => {
  const select = make("select", {"aria-label": label}, ...stops.map(([, words], stop) => new Option(words, stop)));
  select.addEventListener("change", () => move(Number(select.value)));
  return {
    element: make("label", {class: "film-list"}, make("span", {}, label), select),
    show(now) { select.value = now; },
  };
};

const toggle = ({label}, move) => {
  const button = make("button", {type: "button"}, label);
  let on = false;
  button.addEventListener("click", () => move(Number(!on)));
  return {
    element: make("div", {class: "film-toggle"}, button),
    show(now) {
      on = Boolean(now);
      button.setAttribute("aria-pressed", on);
    },
  };
};

const CONTROLS = {slider, range: slider, steps: slider, buttons, list, toggle};

// Play a recording in an element, in place of what it holds. `load(n)` fetches its part n, of two.
export const play = async (element, load) => {
  const first = await load(0), recording = new Recording(first);
  recording.add(first);
  const box = make("div"), message = make("p", {class: "film-message", role: "status"});
  box.innerHTML = first.picture;
  const svg = box.firstChild;
  let state = first.start, grips = [], held = null;

  const show = () => {
    const [words, said, places, ...pieces] = recording.at(state);
    message.textContent = said;
    if (places !== undefined) {
      grips = JSON.parse(places);
      paint(svg, [recording.definitions, ...pieces.filter(piece => piece !== undefined)], words);
    }
    controls.forEach((control, n) => control.show(state[n], recording.choices(n, state)));
  };
  const move = (control, stop) => {
    state = recording.moved(state, control, stop);
    show();
  };
  const controls = recording.controls.map((control, n) => CONTROLS[control.kind](control, stop => move(n, stop)));

  // The pointer moves a control as it does in a notebook.
  const gripAt = event => grips.find(grip => grip.control && inBox(grip.box, placeIn(svg, event)));
  const drag = event => {
    const {control} = held, place = valueAt(held, placeIn(svg, event));
    const n = recording.controls.findIndex(({name}) => name === control), {stops} = recording.controls[n];
    move(n, stopAt(stops, recording.choices(n, state), place));
  };
  svg.addEventListener("pointerdown", event => {
    held = event.button || !event.isPrimary ? null : gripAt(event);
    if (!held) return;
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
    drag(event);
  });
  svg.addEventListener("pointermove", event => {
    if (held) drag(event);
    else svg.style.cursor = gripAt(event)?.cursor ?? "";
  });
  for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, () => { held = null; });

  show();
  const movable = controls.filter((_, n) => recording.controls[n].stops.length > 1);
  element.replaceChildren(box, ...movable.map(control => control.element), message);
  letEnlarge(svg, box);
  recording.add(await load(1));
  show();
};

const TOO_OLD = "This browser is too old to move the figure.";
const AS_A_FILE = "Opened as a file, this page can't load what moves the figure; open it from a web server.";
const NOT_HERE = "What moves the figure did not arrive; load the page again to try once more.";

// A part of a recording, gzipped JSON, from the page itself or from a file beside it.
const partOf = async (name, n) => {
  const stored = document.getElementById(`${name}-${n}`);
  const answer = await fetch(stored ? `data:application/gzip;base64,${stored.textContent.trim()}` : `${name}-${n}.film`);
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).json();
};

// Let every figure of a page move once it comes near: <figure class="film" data-film="name"> with a picture in a
// <div class="film-stage">. A reader who asks for less data presses a button first.
export const playAll = () => {
  const sparing = navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches;
  const begin = async film => {
    const stage = film.querySelector(".film-stage");
    try {
      if (!window.DecompressionStream || !Array.prototype.with) throw new Error(TOO_OLD);
      await play(stage, n => partOf(film.dataset.film, n));
      film.classList.add("film-live");
    } catch (error) {
      console.warn(error);
      const words = error.message === TOO_OLD ? TOO_OLD : location.protocol === "file:" ? AS_A_FILE : NOT_HERE;
      stage.append(make("p", {class: "film-message", role: "status"}, words));
    }
  };
  const ask = film => {
    const button = make("button", {type: "button", class: "film-ask"}, "Let it move");
    button.addEventListener("click", () => {
      button.remove();
      begin(film);
    });
    film.append(button);
  };
  const near = new IntersectionObserver(entries => {
    for (const {isIntersecting, target} of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      (sparing ? ask : begin)(target);
    }
  }, {rootMargin: "600px"});
  for (const film of document.querySelectorAll(".film")) near.observe(film);
};
