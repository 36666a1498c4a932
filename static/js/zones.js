// A New York wall time while it is typed: the same instant in UTC, Geneva and Beijing.
(() => {
  "use strict";
  const HOME = "America/New_York", DAY = 86400000;

  function parts(at, zone, options) {
    const form = new Intl.DateTimeFormat(options.lang ?? "en", { timeZone: zone, hourCycle: "h23", ...options.fields });
    return Object.fromEntries(form.formatToParts(at).map((part) => [part.type, part.value]));
  }

  const NUMBERS = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" };
  const WORDS = { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" };

  // How far New York is from UTC at an instant, in milliseconds.
  function offset(at) {
    const p = parts(at, HOME, { fields: NUMBERS });
    return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - at;
  }

  // Every instant at which clocks in New York show this: none in a gap, two in an overlap.
  function instants(wall) {
    const guesses = new Set([wall - offset(wall - DAY), wall - offset(wall + DAY)]);
    return [...guesses].filter((at) => at + offset(at) === wall);
  }

  function tell(at, zone, form) {
    const p = parts(at, zone, { fields: WORDS, lang: document.documentElement.lang });
    p.hour = Number(p.hour);
    return `${p.weekday} ${p.day} ${p.month} ${fill(form, p)}`;
  }

  function show(said, typed) {
    const m = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?/.exec(typed);
    if (!m) return "";
    const found = instants(Date.UTC(m[1], m[2] - 1, m[3], m[4], m[5], m[6] ?? 0));
    if (found.length !== 1) return found.length ? said.dataset.twice : said.dataset.gap;
    const there = (zone) => tell(found[0], zone, said.dataset.time);
    return fill(said.dataset.words, { utc: there("UTC"), geneva: there("Europe/Zurich"), beijing: there("Asia/Shanghai") });
  }

  for (const said of document.querySelectorAll("[data-zones]")) {
    const field = document.getElementById(said.dataset.zones);
    field?.addEventListener("input", () => { said.textContent = show(said, field.value); });
  }
})();
