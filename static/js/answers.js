// What an answer does besides being put into the page: to its title, and to where the focus is.
const answers = (() => {
  // What a whole page says in its title, a swapped part says too: whether there is an error, and
  // whether what somebody asked to be told has come.
  const prefix = () => document.querySelector(".summary[data-title]")?.dataset.title;
  const bare = document.title.replace(`${prefix()} `, "");
  const also = {};
  function retitle(change) {
    const { news, asOf } = Object.assign(also, change);
    const lead = document.getElementById("reached")?.dataset.lead, place = document.querySelector("[data-place]")?.dataset.place;
    const title = [prefix(), ...[news, lead, place, asOf].map((part) => part && `${part} ·`), bare].filter(Boolean).join(" ");
    if (title === document.title) return;
    document.title = title;
    navigator.setAppBadge?.(place).catch(() => {});
  }

  addEventListener("htmx:before:request", (event) => {
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
  addEventListener("htmx:before:swap", () => { focused = document.activeElement; });
  addEventListener("htmx:after:swap", (event) => {
    const early = document.querySelector("#press_said[data-said]");
    if (event.detail.ctx?.request?.method !== "POST") {
      if (!focused.isConnected && document.activeElement === document.body) lead(true);
    } else {
      if (early || document.getElementById("press_error")) clock.sync(true);
      // While a press is sent its button is disabled, and loses the focus.
      if (early) setTimeout(() => document.querySelector("[data-register]").focus());
      else lead();
    }
  });
  return { retitle, lead };
})();
