// Verification: looking at the pages, and deciding by single keys. All of it works with
// buttons and links too; keys rest while somebody types, and can be switched off.
(() => {
  "use strict";
  const sheet = document.querySelector(".sheet"), tools = document.querySelector(".tools");
  const help = document.getElementById("help"), form = document.getElementById("decision");
  const leaves = [...document.querySelectorAll(".leaf")];
  const ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3];
  const OFF = "rostrum.keys-off", ZOOM = "rostrum.zoom";
  // A browser may keep its store closed: then nothing is remembered.
  function remembered(name) {
    try { return localStorage.getItem(name); } catch { return null; }
  }
  function remember(name, value) {
    try { localStorage.setItem(name, value); } catch { /* Nothing is remembered. */ }
  }
  let zoom = 1;

  // The next letter comes by itself where a page waits for one.
  function go() {
    const next = document.querySelector("#verification_now[data-go]")?.dataset.go;
    if (next) location.assign(next);
  }
  document.addEventListener("htmx:after:swap", go);

  // What was in the middle stays there.
  function setZoom(value) {
    const middle = (sheet.scrollTop + sheet.clientHeight / 2) / sheet.scrollHeight;
    zoom = value;
    sheet.style.setProperty("--zoom", zoom);
    sheet.scrollTop = middle * sheet.scrollHeight - sheet.clientHeight / 2;
    remember(ZOOM, zoom);
  }
  const step = (by) => setZoom(ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, ZOOMS.indexOf(zoom) + by))]);

  const shown = () => {
    const top = sheet.getBoundingClientRect().top + 40;
    return Math.max(0, leaves.filter((leaf) => leaf.getBoundingClientRect().top <= top).length - 1);
  };
  const turnTo = (page) => leaves[Math.max(0, Math.min(leaves.length - 1, page))]?.scrollIntoView({ block: "start" });

  // The whole page is seen at once, in its width and its height, also on its side; a page too long for
  // that, such as a screenshot of a whole web page, is as wide as others, and scrolls.
  const NARROWEST = 0.6;
  function fit(leaf) {
    const { naturalWidth, naturalHeight } = leaf.querySelector("img"), isOnItsSide = leaf.dataset.turn % 2;
    if (!naturalWidth) return;
    const share = naturalWidth / naturalHeight, ratio = isOnItsSide ? 1 / share : share;
    leaf.style.setProperty("--ratio", Math.max(ratio, NARROWEST));
    leaf.style.aspectRatio = isOnItsSide ? ratio : "";
    leaf.querySelector("img").style.inlineSize = isOnItsSide ? `${100 * share}%` : "";
  }
  leaves.forEach((leaf) => {
    fit(leaf);
    leaf.querySelector("img").addEventListener("load", () => fit(leaf));
  });
  const before = Number(remembered(ZOOM));
  if (leaves.length && ZOOMS.includes(before)) setZoom(before);

  function turn() {
    const leaf = leaves[shown()];
    if (!leaf) return;
    leaf.dataset.turn = (Number(leaf.dataset.turn ?? 0) + 1) % 4;
    fit(leaf);
  }

  // Keys scroll the letter wherever the focus is; a page that is seen whole gives way to the next.
  function leap(by) {
    const isLong = leaves[shown()]?.offsetHeight > sheet.clientHeight;
    if (zoom > 1 || isLong) sheet.scrollBy(0, by * sheet.clientHeight * 0.9);
    else turnTo(shown() + by);
  }
  const scrolls = {
    " ": (event) => leap(event.shiftKey ? -1 : 1), PageDown: () => leap(1), PageUp: () => leap(-1),
    ArrowDown: () => sheet.scrollBy(0, 60), ArrowUp: () => sheet.scrollBy(0, -60),
    Home: () => sheet.scrollTo(0, 0), End: () => sheet.scrollTo(0, sheet.scrollHeight),
  };
  // Space presses what has the focus; other text that scrolls keeps its own keys.
  const isTheirs = (key, target) => target.closest(".facts, .points, .sheet, [role=listbox]") && !target.matches("[name=reasons]")
    || (key === " " && target.matches("button, input, summary"));

  const views = {
    in: () => step(1), out: () => step(-1), fit: () => setZoom(1), turn,
    help: () => help.showModal(),
  };
  document.addEventListener("click", (event) => {
    const view = event.target.closest?.("[data-view]")?.dataset.view;
    if (view) views[view]();
  });
  if (tools) tools.hidden = false;

  // A decision is about a letter that was looked at: not before its first page is there, nor by the
  // second of two quick presses, which was meant for the letter before.
  const PAUSE = 700, first = leaves[0]?.querySelector("img");
  const isSeen = () => performance.now() > PAUSE && (!first || first.complete);
  const wake = () => (isSeen() ? form?.setAttribute("data-awake", "") : setTimeout(wake, 50));
  wake();

  // What others have decided meanwhile puts this page's own decision to sleep.
  function restWhenOver() {
    const isOver = Boolean(document.querySelector("#verification_now[data-over]"));
    form?.querySelectorAll("[data-key]").forEach((button) => {
      if (isOver) button.setAttribute("aria-disabled", "true");
    });
  }
  document.addEventListener("htmx:after:swap", restWhenOver);

  const said = document.getElementById("verification_said");
  const say = (text) => { if (said) said.textContent = text; };
  const isMarked = () => Boolean(form?.querySelector("[name=reasons]:checked"));
  const press = (key) => document.querySelector(`[data-key="${key}"]`)?.click();

  function accept() {
    if (!form || !isSeen()) return;
    if (isMarked()) return say(said.dataset.marked);
    press("a");
  }

  // Without a reason it asks for one, and leaves the focus where it is: what is pressed next is a key,
  // not text.
  function giveBack() {
    if (!form || !isSeen()) return;
    if (isMarked() || form.elements.remark.value.trim()) return press("r");
    say(said.dataset.nothing);
  }

  function write() {
    if (!form) return;
    form.elements.remark.focus();
    say(said.dataset.writing);
  }

  function mark(number) {
    const box = form?.querySelectorAll("[name=reasons]")[number - 1];
    if (!box) return;
    box.checked = !box.checked;
    box.focus();
    say("");
  }

  const keys = {
    a: accept, r: giveBack, c: write, u: () => press("u"),
    j: () => document.querySelector("a[rel=next]")?.click(),
    k: () => document.querySelector("a[rel=prev]")?.click(),
    "+": () => leaves.length && step(1), "=": () => leaves.length && step(1), "-": () => leaves.length && step(-1),
    0: () => leaves.length && setZoom(1),
    t: turn, n: () => turnTo(shown() + 1), p: () => turnTo(shown() - 1),
    "?": () => help?.showModal(),
  };
  for (let number = 1; number <= 9; number += 1) keys[number] = () => mark(number);
  keys["؟"] = keys["?"];

  // A key is what it types. The row of digits counts by its place where it types something else without
  // Shift, as a French one does; and so do letters of other scripts, and signs that are not there.
  const SIGNS = { Minus: "-", Equal: "+" };
  function keyOf({ key, code, shiftKey }) {
    const digit = /^Digit(\d)$/.exec(code)?.[1], letter = /^Key([A-Z])$/.exec(code)?.[1];
    if (digit && !shiftKey) return digit;
    const typed = key.length === 1 ? key.toLowerCase() : key;
    if (keys[typed] || scrolls[typed]) return typed;
    if (letter && /^[\p{L}\p{M}]+$/u.test(key) && !/[\p{Script=Latin}]/u.test(key)) return letter.toLowerCase();
    return SIGNS[code] ?? typed;
  }

  const areOff = () => remembered(OFF) === "yes";
  const isTyping = (element) => element.matches("textarea, select, input:not([type=checkbox])");
  const isModified = (event) => event.ctrlKey || event.altKey || event.metaKey || event.getModifierState("AltGraph");

  document.addEventListener("keydown", (event) => {
    const { target } = event;
    // An input method that composes sees its keys alone; 229 is what older ones send.
    if (isModified(event) || event.isComposing || event.keyCode === 229) return;
    const key = keyOf(event);
    if (key === "Enter" && target.matches("[name=reasons]")) return event.preventDefault();
    if (key === "Escape" && isTyping(target)) return target.blur();
    if (help?.open || isTyping(target)) return;
    if (scrolls[key]) {
      if (isTheirs(key, target) || !sheet || sheet.scrollHeight <= sheet.clientHeight) return;
      event.preventDefault();
      return scrolls[key](event);
    }
    if (!keys[key] || (areOff() && keys[key] !== keys["?"]) || event.repeat) return;
    event.preventDefault();
    keys[key](event);
  });

  const chosen = help?.querySelector("[data-keys]");
  if (chosen) {
    chosen.checked = !areOff();
    chosen.addEventListener("change", () => remember(OFF, chosen.checked ? "no" : "yes"));
  }
  go();
})();
