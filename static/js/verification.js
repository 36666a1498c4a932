// Verification: looking at the pages, and deciding by single keys. All of it works with
// buttons and links too; keys rest while somebody types, and can be switched off.
(() => {
  "use strict";
  const sheet = document.querySelector(".sheet"), tools = document.querySelector(".tools");
  const help = document.getElementById("help"), form = document.getElementById("decision");
  const leaves = [...document.querySelectorAll(".leaf")];
  const ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3];
  const OFF = "rostrum.keys-off";
  let zoom = 1;

  // The next letter comes by itself where a page waits for one.
  function go() {
    const next = document.querySelector("#verification_now[data-go]")?.dataset.go;
    if (next) location.assign(next);
  }
  document.addEventListener("htmx:after:swap", go);

  function setZoom(value) {
    const middle = (sheet.scrollTop + sheet.clientHeight / 2) / sheet.scrollHeight;
    zoom = value;
    sheet.style.setProperty("--zoom", zoom);
    sheet.scrollTop = middle * sheet.scrollHeight - sheet.clientHeight / 2;
  }
  const step = (by) => setZoom(ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, ZOOMS.indexOf(zoom) + by))]);

  const shown = () => {
    const top = sheet.getBoundingClientRect().top + 40;
    return Math.max(0, leaves.filter((leaf) => leaf.getBoundingClientRect().top <= top).length - 1);
  };
  const turnTo = (page) => leaves[Math.max(0, Math.min(leaves.length - 1, page))]?.scrollIntoView({ block: "start" });

  // A page on its side is as wide as the pane and as high as it then must be.
  function turn() {
    const leaf = leaves[shown()], image = leaf?.querySelector("img");
    if (!image?.naturalWidth) return;
    const turned = (Number(leaf.dataset.turn ?? 0) + 1) % 4, share = image.naturalWidth / image.naturalHeight;
    leaf.dataset.turn = turned;
    leaf.style.aspectRatio = turned % 2 ? `${image.naturalHeight} / ${image.naturalWidth}` : "";
    image.style.inlineSize = turned % 2 ? `${100 * share}%` : "";
  }

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
    const isOver = Boolean(document.querySelector("#verification_now .state"));
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

  // The first press without a reason asks for one, in the place where it is given.
  function giveBack() {
    if (!form || !isSeen()) return;
    if (isMarked() || form.elements.remark.value.trim()) return press("r");
    say(said.dataset.nothing);
    form.elements.remark.focus();
  }

  function mark(number) {
    const box = form?.querySelectorAll("[name=reasons]")[number - 1];
    if (!box) return;
    box.checked = !box.checked;
    box.focus();
    say("");
  }

  const keys = {
    a: accept, r: giveBack, u: () => press("u"),
    j: () => document.querySelector("a[rel=next]")?.click(),
    k: () => document.querySelector("a[rel=prev]")?.click(),
    "+": () => sheet && step(1), "=": () => sheet && step(1), "-": () => sheet && step(-1), 0: () => sheet && setZoom(1),
    t: turn, n: () => turnTo(shown() + 1), p: () => turnTo(shown() - 1),
    "?": () => help?.showModal(),
  };

  const areOff = () => localStorage.getItem(OFF) === "yes";
  const isTyping = (element) => element.matches("textarea, select, input:not([type=checkbox])");

  document.addEventListener("keydown", (event) => {
    const { target } = event, key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (key === "Enter" && target.matches("[name=reasons]")) return event.preventDefault();
    if (key === "Escape" && isTyping(target)) return target.blur();
    if (help?.open || isTyping(target) || event.repeat || (areOff() && key !== "?")) return;
    const act = keys[key] ?? (/^[1-9]$/.test(key) ? () => mark(Number(key)) : null);
    if (!act) return;
    event.preventDefault();
    act();
  });

  const chosen = help?.querySelector("[data-keys]");
  if (chosen) {
    chosen.checked = !areOff();
    chosen.addEventListener("change", () => { localStorage.setItem(OFF, chosen.checked ? "no" : "yes"); });
  }
  go();
})();
