// The server's clock on the page: countdowns, and the press that wakes at the opening.
const clock = (() => {
  const live = document.getElementById("live") ?? document.getElementById("clock");
  // Until /clock has answered, the page tells the time of the server that made it: the phone's own
  // clock may be an hour wrong.
  const arrival = performance.getEntriesByType("navigation")[0];
  const made = live?.dataset.made ?? arrival?.serverTiming?.find((each) => each.name === "clock")?.description;
  const wallOffset = () => Date.now() - performance.now();
  let offset = made ? Number(made) / 1000 - (arrival?.responseStart ?? performance.now()) : wallOffset();
  const now = () => performance.now() + offset;

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
    const s = Math.max(0, Math.ceil(milliseconds / 1000)), min = Math.floor(s / 60), h = Math.floor(min / 60), d = Math.floor(h / 24);
    const form = d ? "days" : h ? "hours" : min ? "minutes" : "seconds";
    return fill(live.dataset[form], { d, h: h % 24, min: min % 60, s: s % 60 });
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
    const said = fill(open ? button.dataset.label : button.dataset.before, { time: duration(left) });
    if (open) button.removeAttribute("aria-disabled");
    else button.setAttribute("aria-disabled", "true");
    if (button.textContent !== said) button.firstElementChild.textContent = said;
  }

  // A button that sleeps says when it wakes; it never presses by itself.
  addEventListener("click", (event) => {
    const button = event.target.closest?.("[aria-disabled=true]"), place = document.getElementById("press_said");
    if (!button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!place) return;
    const said = place.textContent = button.textContent;
    setTimeout(() => { if (place.textContent === said) place.textContent = ""; }, 2000);
  }, true);

  addEventListener("htmx:after:swap", tick);
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
  return { now, sync };
})();
