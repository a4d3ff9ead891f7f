// Measures what a learner's eye waits for, the same way for every kind of picture: SVG, <img>, and a canvas.

// A canvas changes without a trace in the page: count the images that are drawn on it.
const drawImage = CanvasRenderingContext2D.prototype.drawImage;
CanvasRenderingContext2D.prototype.drawImage = function (...image) {
  this.canvas.drawn = (this.canvas.drawn ?? 0) + 1;
  return drawImage.apply(this, image);
};

const bench = {
  // What tells one whole picture from the next; null while there is none. A picture is whole when its words have come:
  // bqplot sends its marks one by one, and the title last.
  picture(root) {
    const svg = root.querySelector('.widget-html svg[role=img]'), title = root.querySelector('.bqplot .mainheading');
    const image = root.querySelector('.widget-output img'), canvas = root.querySelector('canvas');
    if (svg) return svg.getAttribute('aria-label');
    if (title) return title.textContent;
    if (image) return image.complete && image.naturalWidth ? image.src : null;
    return canvas?.drawn ?? null;
  },

  // Calls back with the time of each new picture, once the frame that shows it has been painted, until it returns true.
  onPaint(root, report) {
    let before = bench.picture(root), done = false;
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => { done = report(performance.now()); };
    const look = () => {
      const now = bench.picture(root);
      if (now !== null && now !== before) {
        before = now;
        port2.postMessage(null);  // arrives when this frame is painted
      }
      if (!done) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  },

  // Resolves with the milliseconds from the next key press to the paint of the next picture.
  step: root => new Promise((resolve, reject) => {
    let pressed = null;
    setTimeout(reject, 10_000, new Error('No new picture has come within ten seconds.'));
    addEventListener('keydown', event => { pressed = event.timeStamp; }, {capture: true, once: true});
    bench.onPaint(root, now => pressed !== null && (resolve(now - pressed), true));
  }),

  // Moves the mouse, whose button is down, to and fro over a slider, once in two seconds: a step for each display frame, as
  // a hand does. A driver outside the page makes 40 moves a second at most.
  sweep: ({x, y, width, height}, seconds) => new Promise(done => {
    const started = performance.now(), middle = x + width / 2, clientY = y + height / 2;
    const move = () => {
      const elapsed = (performance.now() - started) / 1000;
      if (elapsed > seconds) return done();
      const clientX = middle + width / 2 * Math.sin(Math.PI * elapsed);
      document.documentElement.dispatchEvent(new MouseEvent('mousemove', {clientX, clientY, buttons: 1, bubbles: true}));
      requestAnimationFrame(move);
    };
    requestAnimationFrame(move);
  }),

  // Notes when the next drag starts and ends, and when a picture is painted, until it is told to stop.
  drag(root) {
    const seen = {pressed: null, released: null, paints: [], stop: false};
    addEventListener('pointerdown', event => { seen.pressed = event.timeStamp; }, {capture: true, once: true});
    addEventListener('pointerup', event => { seen.released = event.timeStamp; }, {capture: true, once: true});
    bench.onPaint(root, now => { seen.paints.push(now); return seen.stop; });
    return seen;
  },

  // Whether a drag is over and no picture has come for that many milliseconds.
  quiet: (seen, patience) =>
    seen.released !== null && performance.now() - Math.max(seen.released, seen.paints.at(-1) ?? 0) > patience,
};
window.bench = bench;
