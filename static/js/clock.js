// The server's clock on the page: countdowns, and the press that wakes at the opening.
(() => {
  "use strict";
  const live = document.getElementById("live") ?? document.getElementById("clock");
  // Until /clock has answered, the page tells the time of the server that made it: the phone's own
  // clock may be an hour wrong.
  const arrival = performance.getEntriesByType("navigation")[0];
  const made = live?.dataset.made ?? arrival?.serverTiming?.find((each) => each.name === "clock")?.description;
  const wallOffset = () => Date.now() - performance.now();
  let offset = made ? Number(made) / 1000 - (arrival?.responseStart ?? performance.now()) : wallOffset();
  const now = () => performance.now() + offset;
  const fill = (pattern, values) => pattern.replace(/{(\w+)}/g, (_, name) => values[name]);
  // The page is seen again, or the line is back.
  function onReturn(act) {
    for (const name of ["visibilitychange", "pageshow", "online"]) {
      addEventListener(name, (event) => { if (!document.hidden && event.persisted !== false) act(); });
    }
  }
  window.rostrum = { now, fill, onReturn, sync, retitle, lead };

  // The question answered fastest tells the time best (as NTP does): its answer counts until one is
  // as fast, give or take what a clock drifts meanwhile, or until the phone has slept. The first
  // answer counts at once: until then the page has only the phone's word.
  const GOOD = 50, DRIFT = 5;
  let best = Infinity, again;
  async function sync(isAfresh) {
    if (!live) return;
    best = isAfresh ? Infinity : best + DRIFT;
    for (let i = 0, took = Infinity; i < 2 && took > GOOD; i++) {
      try {
        const asked = performance.now();
        const micros = Number(await (await fetch(live.dataset.clock, { cache: "no-store" })).text());
        took = performance.now() - asked;
        if (micros && took < best) {
          best = took;
          offset = micros / 1000 + took / 2 - performance.now();
          tick();
        }
      } catch { break; }
    }
    clearTimeout(again);
    again = setTimeout(sync, best < Infinity ? 60000 : 2000);
  }

  function duration(milliseconds) {
    const all = Math.max(0, Math.ceil(milliseconds / 1000));
    const values = { d: Math.floor(all / 86400), h: Math.floor(all / 3600) % 24, min: Math.floor(all / 60) % 60, s: all % 60 };
    const { days, hours, minutes, seconds } = live.dataset;
    return fill(all >= 86400 ? days : all >= 3600 ? hours : all >= 60 ? minutes : seconds, values);
  }

  function showOwnTime(element) {
    const when = new Date(element.dataset.ownTime), { clockZone, dayTime, time } = live.dataset;
    if (Intl.DateTimeFormat().resolvedOptions().timeZone === clockZone) return;
    const dayIn = (timeZone) => when.toLocaleDateString("en", { timeZone });
    const form = { weekday: "short", hour: "numeric", minute: "2-digit", hourCycle: "h23" };
    const told = Object.fromEntries(new Intl.DateTimeFormat(`${document.documentElement.lang}-u-nu-latn`, form).formatToParts(when).map(({ type, value }) => [type, value]));
    told.hour = Number(told.hour);
    element.textContent = fill(element.dataset.words, { time: fill(dayIn() === dayIn(clockZone) ? time : dayTime, told) });
    element.hidden = false;
  }

  let timer;
  function tick() {
    clearTimeout(timer);
    if (!live) return;
    let next = 1000;
    document.querySelectorAll("[data-own-time][hidden]").forEach(showOwnTime);
    // The hero is live: a form in which somebody types keeps the hour of when it was read.
    const hero = document.querySelector(".hero[data-opens-at]");
    document.querySelectorAll("[data-opens-at]").forEach((part) => {
      const left = Number((hero ?? part).dataset.opensAt) / 1000 - now();
      const open = left <= 0;
      if (!open) next = Math.min(next, Math.max(4, left % 1000));
      part.toggleAttribute("data-last", !open && left <= 59000);
      part.querySelectorAll(".until-opening").forEach((e) => { e.hidden = open; });
      part.querySelectorAll(".since-opening").forEach((e) => { e.hidden = !open; });
      part.querySelectorAll("[data-counting]").forEach((e) => { e.textContent = e.dataset.counting; });
      part.querySelectorAll("[data-countdown]").forEach((e) => { e.textContent = duration(left); });
      part.querySelectorAll("[data-register]").forEach((button) => showButton(button, open, left));
    });
    document.querySelectorAll("[data-deadline]").forEach((e) => {
      const left = Number(e.dataset.deadline) / 1000 - now();
      e.hidden = left <= 0;
      e.textContent = fill(e.dataset.words, { time: duration(left) });
    });
    timer = setTimeout(tick, next);
  }

  // Its label keeps its room while the button says something else (see .press::after).
  function showButton(button, open, left) {
    const { label, before } = button.dataset, said = open ? label : fill(before, { time: duration(left) });
    if (open) button.removeAttribute("aria-disabled");
    else button.setAttribute("aria-disabled", "true");
    if (button.textContent !== said) button.firstElementChild.textContent = said;
  }

  // A button that sleeps does nothing; it never presses by itself.
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[aria-disabled=true]")) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  // What a whole page says in its title, a swapped part says too: whether there is an error, and
  // whether what somebody asked to be told has come.
  const prefix = () => document.querySelector(".summary[data-title]")?.dataset.title;
  const bare = document.title.replace(`${prefix()} `, "");
  function retitle() {
    const lead = document.getElementById("reached")?.dataset.lead;
    document.title = [prefix(), lead && `${lead} ·`, bare].filter(Boolean).join(" ");
  }

  document.addEventListener("htmx:before:request", (event) => {
    const problem = event.detail.ctx.request?.method === "POST" && document.querySelector("#problem.summary");
    if (problem) problem.className = problem.textContent = "";
  });
  // Whoever sent something is led to what came of it: what is wrong, else the head of the page, which
  // no swap takes away, with the number (or all of the hero) in view. Nothing else may scroll.
  function lead(isStill) {
    const summary = document.querySelector("main .summary"), hero = !summary && document.querySelector(".hero:not([data-place]), .hero .number");
    (summary ?? document.querySelector("main [data-focus]"))?.focus({ preventScroll: Boolean(hero) });
    if (!hero || isStill) return;
    const { top, bottom } = hero.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) scrollTo(0, 0);
  }

  let focused;
  document.addEventListener("htmx:before:swap", () => { focused = document.activeElement; });
  document.addEventListener("htmx:after:swap", (event) => {
    tick();
    retitle();
    const early = document.querySelector("#press_said[data-said]");
    if (event.detail.ctx?.request?.method !== "POST") {
      if (!focused.isConnected && document.activeElement === document.body) lead(true);
    } else {
      if (early || document.getElementById("press_error")) sync(true);
      // While a press is sent its button is disabled, and loses the focus.
      if (early) setTimeout(() => document.querySelector("[data-register]").focus());
      else lead();
    }
  });
  // While a phone sleeps its steady clock may rest; the other one does not, right or wrong.
  let wall = wallOffset();
  onReturn(() => {
    const slept = wallOffset() - wall;
    wall += slept;
    if (slept > 1000) offset += slept;
    tick();
    sync(true);
  });
  sync(true);
  tick();
})();
