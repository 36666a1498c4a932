// What a live page says aloud, because the number itself is no live region.
const aloud = (() => {
  const said = document.getElementById("said");
  // What matters is said at once, all else at most once a minute.
  const MINUTE = 60000;
  let saidAt = -MINUTE, later, next = "";
  // Emptied before: what is said a second time in the same words is heard a second time.
  function say(words) {
    if (!said) return;
    said.textContent = "";
    if (!next) setTimeout(() => { said.textContent = next; next = ""; }, 50);
    if (!next.includes(words)) next = `${next} ${words}`.trim();
  }

  // What changed on the page, which makes what waits untrue.
  function tell(words) {
    clearTimeout(later);
    saidAt = clock.now();
    say(words);
  }

  const text = (part) => (part?.textContent ?? "").trim().replace(/\s+/g, " ");
  const words = (selector) => text(document.querySelector(selector));
  const where = () => [".label", ".number", ".of"].map((part) => words(`[data-place] ${part}`)).join(" ");

  // What the page shows now; of two such states `news` tells what must be said at once.
  function look() {
    const { place } = document.querySelector("[data-place]")?.dataset ?? {};
    const reached = document.getElementById("reached"), is = place - 1 <= reached?.dataset.tell;
    if (reached) {
      reached.hidden = !is;
      reached.dataset.lead = is ? words("[data-place] .before") : "";
      reached.textContent = fill(reached.dataset.words, { before: reached.dataset.lead });
    }
    const told = [...document.querySelectorAll("[data-aloud], [data-said]")].filter((part) => !part.closest("[hidden]"))
      .map((part) => ({ text: text(part), key: part.dataset.aloud + text(part) }));
    return { place, is, told, where: where() };
  }

  function news(was, is) {
    const isIn = (first) => is.place <= first && !(was.place <= first);
    // What begins with "=" is news only where there was such a thing before: a letter, after a press.
    const isNew = ({ key }) => !was.told.some((each) => each.key === key) && (key[0] !== "=" || was.told.some((each) => each.key[0] === "="));
    return [
      is.is && !was.is && words("#reached"),
      (!was.place || isIn(10) || isIn(3)) && is.place && is.where,
      ...is.told.filter(isNew).map((each) => each.text),
    ].filter(Boolean).join(". ").replaceAll(".. ", ". ");
  }

  let seen = look();
  function listen() {
    const was = seen;
    seen = look();
    if (was.place && seen.place !== was.place) document.querySelector("[data-place] .number")?.classList.add("is-new");
    const told = news(was, seen);
    if (told) tell(told);
    answers.retitle(told && document.hidden ? { news: told } : {});
    if (told) return;
    if (seen.where !== was.where) {
      clearTimeout(later);
      later = setTimeout(() => tell(where()), Math.max(0, saidAt + MINUTE - clock.now()));
    }
  }
  addEventListener("htmx:after:swap", listen);
  // What came while nobody looked stands in the title until somebody does.
  onReturn(() => answers.retitle({ news: "" }));
  answers.retitle();
  return { say, saidAt: () => saidAt };
})();
