// Draw, read, correct, watch. All addresses are relative: the page also works below a proxy and in a frame.

const SIDE = 140; // pixels of the drawing that is sent
const PEN = 0.085; // width of the pen, as a share of the paper's side: gives as much ink as MNIST has
const PIXELS = 28; // side of the image that the model sees
const STEP = 1 / PIXELS; // of the keyboard's pen
const PAUSE_MS = 60; // between two readings
const REST_MS = 1000; // without a stroke, after which a drawing counts as finished
const POLL_MS = 1000;
const PATIENCE_MS = 8000;
const MAX_PICTURE_BYTES = 16 << 20; // the server takes no more, and hangs up
const PICTURE_PATIENCE_MS = 60_000; // it may be large, and the way to the server slow

const $ = (id) => document.getElementById(id);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const DIGITS = [..."0123456789"];
const NBSP = "\u00a0"; // between a number and its unit
const SESSION = [...crypto.getRandomValues(new Uint8Array(16))] // this load of the page; kept nowhere here
  .map((byte) => byte.toString(16).padStart(2, "0"))
  .join("");

/** Make an element: its classes, then its children or text. */
function make(tag, classes = "", ...children) {
  const element = document.createElement(tag);
  element.className = classes;
  element.append(...children);
  return element;
}

/* Talking to the server */

class Unreachable extends Error {}

class Refused extends Error {
  constructor(response, text) {
    super(text);
    const busy = response.status === 503 || response.status === 429;
    this.retryMs = busy ? 1000 * (Number(response.headers.get("Retry-After")) || 1) : null;
  }
}

async function ask(address, body) {
  const isFile = body instanceof Blob;
  const options = { signal: AbortSignal.timeout(isFile ? PICTURE_PATIENCE_MS : PATIENCE_MS), cache: "no-store" };
  if (body) {
    options.method = "POST";
    options.headers = { "Content-Type": isFile ? "application/octet-stream" : "application/json" };
    options.body = isFile ? body : JSON.stringify(body);
  }
  let response, answer;
  try {
    response = await fetch(address, options);
    answer = await response.json().catch((error) => (error instanceof SyntaxError ? null : Promise.reject(error)));
  } catch {
    setAway(true);
    throw new Unreachable();
  }
  const gateway = response.status === 502 || response.status === 504; // a proxy speaks for an absent server
  setAway(gateway);
  if (gateway) throw new Unreachable();
  if (response.ok && answer) return answer;
  throw new Refused(response, answer?.error ?? `the server answered ${response.status} ${response.statusText}`);
}

function setAway(away) {
  if ($("away").hidden === !away) return;
  $("away").hidden = !away;
  $("away").textContent = away ? "The server does not answer. Your drawing stays, and this page keeps trying." : "";
  $("live").classList.toggle("stale", away);
  if (!away) announce("The server answers again.");
}

/** Tell people who do not see the page; what was said before stays, for it may not have been read out yet. */
function announce(text) {
  $("announcer").append(make("p", "", text));
  if ($("announcer").childElementCount > 5) $("announcer").firstElementChild.remove();
}

/* The drawing */

const paper = $("paper");
const canvas = paper.getContext("2d");
canvas.setTransform(paper.width, 0, 0, paper.height, 0, 0);
canvas.lineCap = "round";
canvas.lineWidth = PEN;

const pen = { x: 0.5, y: 0.25, down: false }; // the keyboard's
const ink = new Uint8Array(SIDE * SIDE); // what is sent
let empty = true;
let sheet = 0; // counts cleared papers
let revision = 0; // counts changes of the drawing
let pointer = null; // the mouse, finger or stylus that is drawing
let rested = false; // no stroke for a while: the drawing counts as finished
let restTimer;

/** Draw a line from one point to another (0 to 1), on the screen and into the ink. */
function line(from, to) {
  if (empty) say(INVITATION);
  canvas.beginPath();
  canvas.moveTo(from.x, from.y);
  canvas.lineTo(to.x + 1e-6, to.y); // so that a dot is a line too
  canvas.stroke();
  spread(from, to);
  empty = false;
  changed();
}

/**
 * Add a line to the ink: a pixel is covered as far as it lies within half a pen's width of the line.
 * It is computed here because browsers that guard against fingerprinting falsify what is read from a canvas.
 */
function spread(from, to) {
  const [x0, y0, x1, y1] = [from.x, from.y, to.x, to.y].map((value) => value * SIDE - 0.5);
  const [dx, dy, radius] = [x1 - x0, y1 - y0, (PEN * SIDE) / 2];
  const reach = (a, b) => [
    clamp(Math.floor(Math.min(a, b) - radius), 0, SIDE - 1),
    clamp(Math.ceil(Math.max(a, b) + radius), 0, SIDE - 1),
  ];
  const [left, right] = reach(x0, x1);
  const [top, bottom] = reach(y0, y1);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const along = clamp(((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1), 0, 1);
      const distance = Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
      const covered = Math.round(255 * clamp(radius + 0.5 - distance, 0, 1));
      ink[y * SIDE + x] = Math.max(ink[y * SIDE + x], covered);
    }
  }
}

function clear() {
  canvas.clearRect(0, 0, 1, 1);
  ink.fill(0);
  empty = true;
  sheet += 1;
  setQuestion(null);
  pen.down = false;
  showPen();
  showReading(null);
  changed();
}

function changed() {
  revision += 1;
  $("invitation").hidden = !empty;
  rest();
  keepReading();
}

/** Start to count the rest anew. A pen that is down does not rest. */
function rest() {
  clearTimeout(restTimer);
  rested = false;
  if (empty || pen.down || pointer !== null) return;
  restTimer = setTimeout(() => {
    rested = true;
    keepReading();
  }, REST_MS);
}

function drawing() {
  return { width: SIDE, height: SIDE, ink: btoa(String.fromCharCode(...ink)) };
}

function clearOnRequest() {
  clear();
  say(INVITATION);
  announce("The paper is empty.");
}

$("clear").addEventListener("click", clearOnRequest);

/* Mouse, finger and stylus */

let lastPlace;

function place(event) {
  const box = paper.getBoundingClientRect();
  return {
    x: clamp((event.clientX - box.left) / box.width, 0, 1),
    y: clamp((event.clientY - box.top) / box.height, 0, 1),
  };
}

paper.addEventListener("pointerdown", (event) => {
  if (pointer !== null || event.button !== 0) return;
  pointer = event.pointerId;
  paper.setPointerCapture(pointer);
  pen.down = false;
  showPen(false);
  lastPlace = place(event);
  line(lastPlace, lastPlace);
});

paper.addEventListener("pointermove", (event) => {
  if (event.pointerId !== pointer) return;
  const moves = event.getCoalescedEvents?.() ?? [];
  for (const move of moves.length ? moves : [event]) {
    const here = place(move);
    line(lastPlace, here);
    lastPlace = here;
  }
});

paper.addEventListener("lostpointercapture", () => {
  pointer = null;
  rest();
});

/* The keyboard's pen */

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const held = new Set();
let moveTimer;

function showPen(visible = !$("pen").hidden) {
  $("pen").hidden = !visible;
  $("pen").classList.toggle("down", pen.down);
  $("pen").style.left = `${pen.x * 100}%`;
  $("pen").style.top = `${pen.y * 100}%`;
}

function whereIsPen() {
  const [column, row] = [pen.x, pen.y].map((value) => clamp(Math.floor(value / STEP) + 1, 1, PIXELS));
  return `column ${column}, row ${row} of ${PIXELS}`;
}

function movePen(step) {
  const before = { ...pen };
  for (const key of held) {
    pen.x = clamp(pen.x + ARROWS[key][0] * step, 0, 1);
    pen.y = clamp(pen.y + ARROWS[key][1] * step, 0, 1);
  }
  if (pen.down) line(before, pen);
  clearTimeout(moveTimer);
  moveTimer = setTimeout(() => announce(`Pen at ${whereIsPen()}.`), REST_MS / 2);
}

function turnPen(down) {
  pen.down = down;
  if (down) line(pen, pen);
  else rest();
  clearTimeout(moveTimer);
  announce(`Pen ${down ? "down" : "up"}, ${whereIsPen()}.`);
}

paper.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key in ARROWS) {
    held.add(event.key);
    movePen(event.shiftKey ? STEP / 4 : STEP);
  } else if (event.key === " ") {
    if (!event.repeat) turnPen(!pen.down);
  } else if (event.key === "Delete" || event.key === "Backspace") {
    clearOnRequest();
  } else {
    return;
  }
  event.preventDefault();
  showPen(true);
});

paper.addEventListener("keyup", (event) => held.delete(event.key));
paper.addEventListener("focus", () => showPen(paper.matches(":focus-visible")));
paper.addEventListener("blur", () => {
  held.clear();
  if (pen.down) turnPen(false);
  showPen(false);
});

/* The reading */

const bars = DIGITS.map((digit) => {
  const bar = {
    item: make("li"),
    fill: make("span", "fill"),
    percent: make("span", "number"),
  };
  const percent = make("span", "percent", bar.percent, make("span", "unit", " %"));
  bar.item.append(make("span", "name", digit), make("span", "track", bar.fill), percent);
  $("bars").append(bar.item);
  return bar;
});

let isReading = false;
let readRevision = 0; // of the drawing that was read last
let recordedRevision = 0; // of the drawing that was read last as a finished one

/** Have the newest state of the drawing read, one request at a time, until its last state has been. */
async function keepReading() {
  $("reading").ariaBusy = String(!empty && readRevision !== revision);
  if (isReading) return;
  isReading = true;
  while (!empty && !token && (readRevision !== revision || (rested && recordedRevision !== revision))) {
    await sleep(await readOnce());
    $("reading").ariaBusy = String(!empty && readRevision !== revision);
  }
  isReading = false;
}

/** Ask for one reading and show it. Returns how many milliseconds to wait before the next. */
async function readOnce() {
  const asked = { sheet, revision, finished: rested && recordedRevision !== revision };
  try {
    if (lotSheet !== sheet) {
      await drawLot();
      return 0;
    }
    const answer = await ask("draw", { ...drawing(), finished: asked.finished });
    if (asked.sheet === sheet) showReading(answer);
    if (asked.finished && asked.revision === revision) {
      announce(`Read as ${answer.label}, ${$("certainty").textContent}.`);
    }
  } catch (error) {
    if (!(error instanceof Refused)) return POLL_MS;
    if (asked.sheet === sheet) $("certainty").textContent = `Not read: ${error.message}`;
    if (error.retryMs !== null) return error.retryMs;
  }
  readRevision = asked.revision;
  if (asked.finished) recordedRevision = asked.revision;
  return PAUSE_MS;
}

function showReading(answer) {
  const shares = answer?.probabilities ?? [];
  const highest = Math.max(...shares);
  bars.forEach((bar, digit) => {
    bar.item.classList.toggle("top", shares[digit] === highest);
    bar.fill.style.setProperty("--share", shares[digit] ?? 0);
    bar.percent.textContent = answer ? percent(shares[digit]) : "–";
  });
  $("reading").classList.toggle("empty", !answer);
  $("digit").textContent = answer?.label ?? "?";
  $("certainty").textContent = !answer
    ? "Nothing drawn yet"
    : highest < 0.5
      ? `not sure: ${percent(highest)} %`
      : `${percent(highest)} % sure`;
  showPixels($("seen"), answer?.image ?? "");
  $("seen").ariaLabel = answer ? "What the model sees: your drawing, centred" : "What the model sees: nothing yet";
}

/** In whole percent; never 100, for a network is never certain. */
function percent(share) {
  return Math.min(Math.round(share * 100), 99);
}

/** Show an image of 28 by 28 bytes (base64; 0 paper to 255 ink) in a canvas of that size. */
function showPixels(target, image) {
  const pixels = new ImageData(PIXELS, PIXELS);
  const bytes = atob(image);
  for (let i = 0; i < PIXELS * PIXELS; i++) pixels.data[4 * i + 3] = bytes.charCodeAt(i) || 0; // black ink's opacity
  target.getContext("2d").putImageData(pixels, 0, 0);
}

/* Questions: of some drawings, picked by lot before anything is read, people say what they are */

let lotSheet = -1; // the paper for which the lot was drawn
let token = null; // of the question that is open; until it is answered or skipped nothing is read

async function drawLot() {
  const mine = sheet;
  const answer = await ask("questions", { session: SESSION });
  lotSheet = mine;
  if (mine === sheet) setQuestion(answer.token);
}

function setQuestion(value) {
  if (token === value) return;
  token = value;
  $("question").hidden = !token;
  $("correct-title").textContent = token ? "What are you drawing?" : "Wrong? What did you draw?";
  if (token) announce($("question").firstChild.textContent);
  keepReading();
}

/** Answer the open question; then the drawing is read. */
async function answerQuestion(label) {
  const answered = token;
  const close = () => token === answered && setQuestion(null);
  try {
    await ask("samples", { ...drawing(), label, token });
    say(`Stored: you drew a ${label}. Thank you.`, "good");
    close();
  } catch (error) {
    if (error instanceof Refused && error.retryMs === null) close(); // the server waits for it no more
    throw error;
  }
}

$("skip").addEventListener("click", () => setQuestion(null));

/* Corrections */

const INVITATION = "Your answer is kept, for the next version to learn from.";
let isCorrecting = false;

for (const digit of DIGITS) {
  const button = make("button", "", digit);
  button.type = "button";
  button.ariaLabel = `That was a ${digit}`;
  button.addEventListener("click", () => correct(digit));
  $("labels").append(button);
}

/** Tell the server what was drawn. Only what the server has stored is called stored; else the drawing stays. */
async function correct(label) {
  if (isCorrecting) return;
  if (empty) return say("Draw a digit first, then say what it was.");
  isCorrecting = true;
  $("labels").ariaBusy = "true";
  say("Sending …");
  const sent = revision;
  try {
    if (token) return await answerQuestion(label);
    const { predicted } = await ask("corrections", { ...drawing(), label, session: SESSION });
    say(`Stored: that was a ${label}, and it was read as a ${predicted}. Thank you.`, "good");
    if (sent === revision) clear();
  } catch (error) {
    const reason = error instanceof Refused ? error.message : "the server did not answer";
    say(`Not confirmed: ${reason}. Your drawing is still here; please try again.`, "bad");
  } finally {
    isCorrecting = false;
    $("labels").ariaBusy = "false";
  }
}

function say(text, mood = "") {
  $("outcome").textContent = text;
  $("outcome").className = mood;
  if (text !== INVITATION) announce(text);
}

/* A picture */

let newestPicture = 0; // counts them

for (const [button, input] of [["choose", "file"], ["photograph", "camera"]]) {
  $(button).addEventListener("click", () => $(input).click());
  $(input).addEventListener("change", () => {
    if ($(input).files.length) readPicture($(input).files[0]);
    $(input).value = ""; // so that the same file can be chosen again
  });
}

document.addEventListener("paste", (event) => {
  const [file] = event.clipboardData.files;
  if (file) readPicture(file);
});

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault(); // the browser would leave the page and show the file
    $("picture").classList.toggle("over", kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files.length) readPicture(event.dataTransfer.files[0]);
  });
}

/** Have the digits in a picture read, and show them as one number. */
async function readPicture(file) {
  const asked = ++newestPicture;
  $("picture").ariaBusy = "true";
  showPictureOutcome("Reading …");
  try {
    if (file.size > MAX_PICTURE_BYTES) throw new Error("expected at most 16 MiB; crop the picture or save it smaller");
    const answer = await ask("read", file);
    if (asked !== newestPicture) return;
    await showPicture(file, answer);
    showPictureOutcome("");
    announce(`The picture was read as ${$("number").textContent}, ${$("number-certainty").textContent}.`);
  } catch (error) {
    if (asked !== newestPicture) return;
    $("found").hidden = true;
    const reason = error instanceof Unreachable ? "the server did not answer" : error.message;
    showPictureOutcome(`Not read: ${reason}.`, "bad");
    announce($("picture-outcome").textContent);
  }
  $("picture").ariaBusy = "false";
  $("picture").scrollIntoView({ block: "nearest" });
}

function showPictureOutcome(text, mood = "") {
  $("picture-outcome").hidden = !text;
  $("picture-outcome").textContent = text;
  $("picture-outcome").className = `note ${mood}`;
}

async function showPicture(file, { width, height, digits }) {
  const shares = digits.map(({ probabilities }) => Math.max(...probabilities));
  const sure = percent(shares.reduce((product, share) => product * share, 1));
  $("number").textContent = digits.map(({ label }) => label).join("");
  $("number-certainty").textContent = `${sure}${NBSP}% sure${digits.length > 1 ? " of all digits" : ""}`;
  $("digits").replaceChildren(
    ...digits.map(({ label, image }, i) => {
      const seen = make("canvas");
      seen.width = seen.height = PIXELS;
      seen.ariaHidden = "true";
      showPixels(seen, image);
      return make("li", "", seen, make("p", "", `${label}, ${percent(shares[i])}${NBSP}%`));
    }),
  );
  $("shown").width = width;
  $("shown").height = height;
  $("shown").ariaLabel = `Your picture; digits found: ${digits.length}`;
  const context = $("shown").getContext("2d");
  const picture = await createImageBitmap(file).catch(() => null); // the browser may know fewer kinds of files
  if (picture) context.drawImage(picture, 0, 0, width, height);
  context.strokeStyle = "#0b5f9e";
  context.lineWidth = Math.max(width, height) / 150;
  for (const { box: [left, top, right, bottom] } of digits) {
    const margin = 2 * context.lineWidth;
    context.strokeRect(left - margin, top - margin, right - left + 2 * margin, bottom - top + 2 * margin);
  }
  $("found").hidden = false;
}

/* What the server says of itself */

const shown = {};

/** Show a part of the page anew, but only if what it shows has changed. */
function update(part, value, show) {
  const text = JSON.stringify(value);
  if (shown[part] === text) return;
  show(value, part in shown);
  shown[part] = text;
}

async function watch() {
  for (;;) {
    if (!document.hidden) {
      try {
        showMonitor(await ask("monitor"));
        $("silent").hidden = true;
      } catch (error) {
        $("silent").hidden = !(error instanceof Refused);
        $("silent").textContent = `No figures: ${error.message}`;
      }
    }
    await sleep(POLL_MS);
  }
}

function showMonitor(monitor) {
  const milliseconds = (value) => (value === null ? "–" : `${Number(value.toPrecision(2))}${NBSP}ms`);
  const errors = monitor.errors ? ` (${monitor.errors.toLocaleString("en")} with errors)` : "";
  $("requests").textContent = monitor.requests.toLocaleString("en") + errors;
  $("p50").textContent = milliseconds(monitor.latency_ms.p50);
  $("p99").textContent = milliseconds(monitor.latency_ms.p99);
  $("versions").textContent = monitor.versions.join(", ");
  update("version", [monitor.model, monitor.version], showVersion);
  $("shadow").textContent = trialText(monitor.trial);
  update("refused", monitor.refused, showRefused);
  update("drift", monitor.drift, showDrift);
  update("confidence", monitor.confidence, showConfidence);
  update("corrections", { ...monitor.corrections, trouble: monitor.trouble }, showCorrections);
}

function trialText(trial) {
  if (!trial) return "–";
  const { shadow, samples, needed, verdict } = trial;
  const outcome = { promote: "is better", "roll back": "was better: roll back", end: "is not shown to be better" }[verdict];
  return `version ${shadow} ${outcome ?? `: ${samples} of ${needed} labelled drawings`}`.replace(" :", ":");
}

function showVersion([model, version], isChange) {
  $("version").textContent = `${model}, version ${version}`;
  if (!isChange) return;
  announce(`Version ${version} is in service now.`);
  readRevision = -1; // let the new version read what is on the paper
  keepReading();
}

function showRefused(refused) {
  $("refused").hidden = !refused.length;
  $("refused").replaceChildren(
    ...refused.map(({ version, reason }) => make("li", "", `Version ${version} refused: ${reason}`)),
  );
}

function showDrift(drift) {
  const { state, seen, window, signals } = drift;
  const [name, meaning] = {
    collecting: [`Collecting: ${seen} of ${window}`, `The first verdict comes after ${window} digits.`],
    steady: ["Steady", `${window} digits looked like those the model learned from.`],
    drift: ["Drifting", `${window} digits did not look like those the model learned from: expect mistakes.`],
  }[state] ?? ["Not watched", "This version came without a reference to compare with."];
  update("drift state", state, (_, isChange) => {
    $("drift").className = `state ${state}`;
    if (isChange && state !== "collecting") announce(`${name}. ${meaning}`);
  });
  $("drift").textContent = name;
  $("drift-meaning").textContent = meaning + (signals.length ? ` Next verdict: ${seen} of ${window}.` : "");
  $("signals").replaceChildren(...signals.map(signalItem));
}

function signalItem({ name, value, threshold }) {
  const fill = make("span", "fill");
  fill.style.setProperty("--share", clamp((value / threshold) * (2 / 3), 0, 1)); // the mark is at two thirds
  const isOver = value > threshold;
  const number = Number(value.toPrecision(2));
  const limit = Number(threshold.toPrecision(2));
  return make(
    "li",
    isOver ? "over" : "",
    make("span", "", name),
    make("span", "value", `${number}, ${isOver ? "over" : "limit"} ${limit}`),
    make("span", "track", fill),
  );
}

function showConfidence({ edges, counts, reference }) {
  const readings = counts.reduce((sum, count) => sum + count, 0);
  const [now, then] = [shares(counts), shares(reference)];
  const highest = Math.max(...now, ...then) || 1;
  const x = (edge) => (edge - edges[0]) / (edges[edges.length - 1] - edges[0]);
  const y = (share) => 1 - Math.sqrt(share / highest); // a root, so that small shares show
  const rectangles = now.map((share, i) =>
    draw("rect", { x: x(edges[i]), width: x(edges[i + 1]) - x(edges[i]), y: y(share), height: 1 - y(share) }),
  );
  const steps = then.map((share, i) => `L${x(edges[i])} ${y(share)}L${x(edges[i + 1])} ${y(share)}`);
  $("histogram").replaceChildren(...rectangles, draw("path", { d: `M0 1${steps.join("")}` }));
  const inLastBin = (values) => `${Math.round(100 * values[values.length - 1])}${NBSP}%`;
  const sure = `${Math.round(100 * edges[edges.length - 2])}${NBSP}% sure`;
  $("confidence").textContent = readings
    ? `At least ${sure}: ${inLastBin(now)} of the last ${readings.toLocaleString("en")}` +
      (reference.length ? `, ${inLastBin(then)} in the reference.` : ".")
    : "No readings yet.";
}

function shares(counts) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / (total || 1));
}

/** Make a shape of an SVG picture. */
function draw(tag, attributes) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
  return shape;
}

function showCorrections({ total, recent, trouble }) {
  $("total").textContent = trouble
    ? `Nothing can be kept at the moment: ${trouble}`
    : total
      ? `${total.toLocaleString("en")} kept, for the next version to learn from.`
      : "None yet. What people correct, the next version learns from.";
  $("corrections").replaceChildren(
    ...recent.map(({ label, predicted, image }) => {
      const picture = make("canvas");
      picture.width = picture.height = PIXELS;
      picture.ariaHidden = "true";
      showPixels(picture, image);
      return make("li", "", picture, make("p", "", label, make("span", "was", ` read as ${predicted}`)));
    }),
  );
}

say(INVITATION);
showReading(null);
watch();
