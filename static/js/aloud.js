// What a live page says aloud, because the number itself is no live region.
const aloud = (() => {
  const said = document.getElementById("said");
  // What matters is said at once, all else at most once a minute.
  const MINUTE = 60000;
  let saidAt = -MINUTE, later;
  function say(text) {
    clearTimeout(later);
    saidAt = clock.now();
    said.textContent = text;
  }

  const words = (selector) => (document.querySelector(selector)?.textContent ?? "").trim().replace(/\s+/g, " ");
  const where = () => [".label", ".number", ".of"].map((part) => words(`[data-place] ${part}`)).join(" ");

  // What the page shows now; of two such states `news` tells what must be said at once.
  function look() {
    const { place, letter, moved } = document.querySelector("[data-place]")?.dataset ?? {};
    const reached = document.getElementById("reached"), is = place - 1 <= reached?.dataset.tell;
    if (reached) {
      reached.hidden = !is;
      reached.dataset.lead = is ? words("[data-place] .before") : "";
      reached.textContent = fill(reached.dataset.words, { before: reached.dataset.lead });
    }
    answers.retitle();
    return { place, letter, moved, is, answer: words("[data-said]"), message: words(".message"), where: where() };
  }

  function news(was, is) {
    const isIn = (first) => is.place <= first && !(was.place <= first);
    return [
      is.answer !== was.answer && is.answer,
      is.message !== was.message && is.message,
      is.is && !was.is && words("#reached"),
      is.moved !== was.moved && is.moved && words("[data-place] .why"),
      (!was.place || isIn(10) || isIn(3)) && is.place && is.where,
      is.letter !== was.letter && was.letter && is.letter !== "pending" && words("[data-place] [data-letter-said]"),
    ].filter(Boolean).join(" ");
  }

  let seen = look();
  function listen() {
    const was = seen;
    seen = look();
    if (was.place && seen.place !== was.place) document.querySelector("[data-place] .number")?.classList.add("is-new");
    const text = news(was, seen);
    if (text) say(text);
    else if (seen.where !== was.where) {
      clearTimeout(later);
      later = setTimeout(() => say(where()), Math.max(0, saidAt + MINUTE - clock.now()));
    }
  }
  document.addEventListener("htmx:after:swap", listen);
  return { say, saidAt: () => saidAt };
})();
