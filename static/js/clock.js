// The server's clock on the page: countdowns, and the press that wakes at the opening.
(() => {
  "use strict";
  const live = document.getElementById("live") ?? document.getElementById("clock");
  // Until /clock has answered, the page tells the time of the server that made it: the phone's own
  // clock may be an hour wrong.
  const arrival = performance.getEntriesByType("navigation")[0];
  const made = live?.dataset.made ?? arrival?.serverTiming?.find((each) => each.name === "clock")?.description;
  let offset = made ? Number(made) / 1000 - (arrival?.responseStart ?? performance.now()) : Date.now() - performance.now();
  const now = () => performance.now() + offset;
  window.rostrum = { now, sync, retitle };

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
        const answer = await fetch(live.dataset.clock, { cache: "no-store" });
        const micros = Number(await answer.text());
        took = performance.now() - asked;
        if (answer.ok && micros && took < best) {
          best = took;
          offset = micros / 1000 + took / 2 - performance.now();
          tick();
        }
      } catch { break; }
    }
    clearTimeout(again);
    again = setTimeout(sync, best < Infinity ? 60000 : 2000);
  }

  const fill = (pattern, values) => pattern.replace(/{(\w+)}/g, (_, name) => values[name]);
  window.rostrum.fill = fill;

  function duration(milliseconds) {
    const all = Math.max(0, Math.ceil(milliseconds / 1000));
    const values = { d: Math.floor(all / 86400), h: Math.floor(all / 3600) % 24, min: Math.floor(all / 60) % 60, s: all % 60 };
    const words = live.dataset;
    if (all >= 86400) return fill(words.days, values);
    if (all >= 3600) return fill(words.hours, values);
    return fill(all >= 60 ? words.minutes : words.seconds, values);
  }

  function showOwnTime(element) {
    const when = new Date(element.dataset.ownTime);
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (here === live.dataset.clockZone) return;
    const day = { timeZone: here, day: "numeric" }, there = { timeZone: live.dataset.clockZone, day: "numeric" };
    const other = when.toLocaleString("en", day) !== when.toLocaleString("en", there);
    const form = { timeZone: here, weekday: "short", hour: "numeric", minute: "2-digit", hourCycle: "h23" };
    const told = Object.fromEntries(new Intl.DateTimeFormat(`${document.documentElement.lang}-u-nu-latn`, form).formatToParts(when).map((part) => [part.type, part.value]));
    told.hour = Number(told.hour);
    element.textContent = fill(element.dataset.words, { time: fill(other ? live.dataset.dayTime : live.dataset.time, told) });
    element.hidden = false;
  }

  let timer;
  function tick() {
    clearTimeout(timer);
    if (!live) return;
    let next = 1000;
    document.querySelectorAll("[data-own-time][hidden]").forEach(showOwnTime);
    document.querySelectorAll("[data-opens-at]").forEach((part) => {
      const left = Number(part.dataset.opensAt) / 1000 - now();
      const open = left <= 0;
      if (!open) next = Math.min(next, Math.max(4, left % 1000));
      part.dataset.phase = open ? "open" : "before";
      part.toggleAttribute("data-last", !open && left < 60000);
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

  function showButton(button, open, left) {
    button.dataset.label ??= button.textContent;
    if (open) {
      if (button.getAttribute("aria-disabled")) {
        button.removeAttribute("aria-disabled");
        button.textContent = button.dataset.label;
      }
    } else {
      button.setAttribute("aria-disabled", "true");
      button.textContent = fill(button.dataset.before, { time: duration(left) });
    }
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
  const bare = document.title.startsWith(`${prefix()} `) ? document.title.slice(prefix().length + 1) : document.title;
  function retitle() {
    const lead = document.getElementById("reached")?.dataset.lead;
    document.title = [prefix(), lead && `${lead} ·`, bare].filter(Boolean).join(" ");
  }

  function forget(problem) {
    if (!problem?.classList.contains("summary")) return;
    const empty = document.createElement("div");
    empty.id = problem.id;
    problem.replaceWith(empty);
  }

  document.addEventListener("htmx:before:request", (event) => {
    if (event.detail.ctx.request?.method === "POST") forget(document.getElementById("problem"));
  });
  // What was told last (the receipt, what is wrong) keeps the focus when its part of the page is
  // read anew a moment later.
  let atNews = false;
  document.addEventListener("focusin", (event) => { atNews = Boolean(event.target.matches?.("[data-focus]")); });
  document.addEventListener("htmx:after:swap", (event) => {
    tick();
    retitle();
    const isAnswer = event.detail.ctx?.request?.method === "POST";
    if (isAnswer || (atNews && document.activeElement === document.body)) document.querySelector("main [data-focus]")?.focus();
    if (!isAnswer) return;
    if (document.querySelector("#press_error")) sync(true);
  });
  // While a phone sleeps its steady clock may rest; the other one does not, right or wrong.
  let wall = Date.now() - performance.now();
  function wake(event) {
    if (document.hidden || event.persisted === false) return;
    const slept = Date.now() - performance.now() - wall;
    wall += slept;
    if (slept > 1000) offset += slept;
    tick();
    sync(true);
  }
  for (const [target, name] of [[document, "visibilitychange"], [window, "pageshow"], [window, "online"]]) {
    target.addEventListener(name, wake);
  }
  sync(true);
  tick();
})();
