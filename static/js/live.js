// Whether the page is live: watches the stream, says so when it is down, and asks instead; holds
// the page still; and speaks for it, because the number itself is no live region.
(() => {
  "use strict";
  const live = document.getElementById("live");
  if (!live) return;
  const word = document.getElementById("live_word"), said = document.getElementById("said"), pause = document.getElementById("pause");
  const { now, fill, onReturn, sync, retitle } = window.rostrum;
  const SILENT = 12000, BEAT = 5000, FAST = 1500, SLOW = 20000, MINUTE = 60000;
  let heardAt = now(), downSince = 0, pausedAt = 0, askedAt = 0, gone = false, hasStream = false, every = FAST;

  const time = (at) => new Date(at).toLocaleTimeString("en-GB", { timeZone: live.dataset.clockZone });
  const isSlow = () => every === SLOW;

  function state() {
    const { dataset } = live;
    if (gone) return dataset.gone;
    if (pausedAt) return fill(dataset.paused, { time: time(pausedAt) });
    if (downSince) return fill(dataset.down, { time: time(downSince) });
    return isSlow() ? fill(dataset.slow, { time: time(heardAt), seconds: SLOW / 1000 }) : dataset.live;
  }

  function show() {
    live.hidden = false;
    live.classList.toggle("is-down", gone || downSince > 0);
    live.classList.toggle("is-paused", pausedAt > 0);
    if (word.textContent !== state()) word.textContent = state();
  }

  function heard() {
    heardAt = now();
    const wasDown = downSince;
    downSince = 0;
    show();
    if (wasDown) say(state());
    follow();
  }

  function down() {
    if (downSince) return;
    downSince = heardAt;
    say(state());
    show();
  }

  // What matters is said at once, all else at most once a minute.
  let saidAt = -MINUTE, later;
  function say(text) {
    clearTimeout(later);
    saidAt = now();
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
    retitle();
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
      later = setTimeout(() => say(where()), Math.max(0, saidAt + MINUTE - now()));
    }
  }
  document.addEventListener("htmx:after:swap", listen);

  pause.addEventListener("click", () => {
    pausedAt = pausedAt ? 0 : now();
    pause.setAttribute("aria-pressed", pausedAt > 0);
    show();
    say(state());
    ask();
  });

  // The live block says when more than itself has changed: then the rest is read anew, unless somebody
  // is typing in it. What comes later than the answer to a press is asked for again until it is there.
  let isReading = false;
  function follow() {
    const body = document.getElementById("page_body"), told = body?.querySelector("[data-fingerprint]"), rest = body?.querySelector("#held") ?? body;
    if (pausedAt || isReading || !told || rest.dataset.fingerprint === told.dataset.fingerprint || isHeld(body)) return;
    if (rest.hasAttribute("hx-get") && now() - saidAt < BEAT) return;
    isReading = true;
    htmx.ajax("GET", body.dataset.refresh, { target: "#page_body", swap: "outerHTML" }).catch(() => {}).then(() => { isReading = false; });
  }

  // A press that waits for its answer, which will be put where the page is now; and what somebody began
  // to type while the page was being read.
  const isHeld = (body) => body.querySelector("button:disabled, [aria-busy=true]") || isTyping(body);
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    if (ctx?.request?.method === "GET" && ctx.target?.id === "page_body" && isHeld(ctx.target)) event.preventDefault();
  });

  // What was refused stands in the page as it was typed, and nowhere else.
  const isTyping = (body) => body.querySelector("[data-picking], [data-typed], [aria-invalid]") || [...body.querySelectorAll("input:not([role=switch]), select, textarea")]
    .some((field) => (field.options ? [...field.options].some((o) => o.selected !== o.defaultSelected && field.value) : field.value !== field.defaultValue));

  // Now, and for a stream, where there is none.
  function ask() {
    askedAt = now();
    htmx.trigger(live, "reconnect");
    if (navigator.onLine && !pausedAt) htmx.ajax("GET", live.dataset.state, { source: live, target: "#live", swap: "none" }).catch(() => {});
  }

  // A page that was sent away hears nothing by asking whether there is room again.
  const connected = () => { if (!isSlow()) heard(); };
  live.addEventListener("htmx:sse:after:connection", () => { hasStream = true; connected(); });
  live.addEventListener("htmx:sse:close", () => { hasStream = false; });
  live.addEventListener("htmx:sse:before:message", (event) => {
    const name = event.detail.message.event;
    if (pausedAt && !name) event.preventDefault();
    if (name !== "gone") every = FAST;
    connected();
  });
  live.addEventListener("htmx:sse:after:message", connected);
  // The server's clock may have been put right while this page counted down by it.
  live.addEventListener("beat", (event) => {
    if (Math.abs(parseInt(event.detail.data) / 1000 - now()) > 2000) sync(true);
  });
  function end() {
    gone = true;
    downSince ||= heardAt;
    show();
  }

  live.addEventListener("htmx:sse:error", (event) => (event.detail.status === 404 ? end() : down()));
  live.addEventListener("htmx:response:error", (event) => { if (event.detail.ctx.response.status === 404) end(); });
  live.addEventListener("htmx:sse:before:connection", (event) => { if (gone) event.preventDefault(); });
  // Too many pages listen already: this one asks now and then, for news and for room.
  live.addEventListener("gone", (event) => {
    if (event.detail?.data !== "slow") return end();
    every = SLOW;
    show();
  });
  live.addEventListener("htmx:after:swap", () => (isSlow() ? heard() : follow()));
  addEventListener("offline", down);
  // A page that was away knows nothing of what happened meanwhile, and says so until it does.
  onReturn(() => {
    if (now() - heardAt > BEAT) down();
    ask();
  });

  setInterval(() => {
    if (document.hidden || gone) return;
    const silence = now() - heardAt;
    if (silence > (isSlow() ? 3 * SLOW : SILENT) || (silence > 2500 && !hasStream && !isSlow())) down();
    if ((!downSince && !isSlow()) || now() - askedAt < every) return;
    ask();
  }, 500);
})();
