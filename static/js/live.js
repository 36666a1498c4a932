// Whether the page is live: watches the stream, says so when it is down, and asks instead; holds
// the page still.
(() => {
  const live = document.getElementById("live");
  if (!live) return;
  const word = document.getElementById("live_word"), pause = document.getElementById("pause");
  const SILENT = 12000, BEAT = 5000, FAST = 1500, SLOW = 20000;
  let heardAt = clock.now(), downSince = 0, pausedAt = 0, askedAt = 0, gone = false, hasStream = false, every = FAST;

  const time = (at) => new Date(at).toLocaleTimeString("en-GB", { timeZone: live.dataset.clockZone });
  const isSlow = () => every === SLOW;

  function state() {
    const name = gone ? "gone" : pausedAt ? "paused" : downSince ? "down" : isSlow() ? "slow" : "live";
    return fill(live.dataset[name], { time: time(pausedAt || downSince || heardAt), seconds: SLOW / 1000 });
  }

  function show() {
    live.hidden = false;
    live.classList.toggle("is-down", gone || downSince > 0);
    live.classList.toggle("is-paused", pausedAt > 0);
    if (word.textContent !== state()) word.textContent = state();
  }

  function heard() {
    heardAt = clock.now();
    const wasDown = downSince;
    downSince = 0;
    show();
    if (wasDown) aloud.say(state());
    follow();
  }

  function down() {
    if (downSince) return;
    downSince = heardAt;
    aloud.say(state());
    show();
  }

  pause.addEventListener("click", () => {
    pausedAt = pausedAt ? 0 : clock.now();
    pause.setAttribute("aria-pressed", pausedAt > 0);
    show();
    aloud.say(state());
    ask();
  });

  // The live block says when more than itself has changed: then the rest is read anew, unless somebody
  // is typing in it. What comes later than the answer to a press is asked for again until it is there.
  let isReading = false;
  function follow() {
    const body = document.getElementById("page_body"), told = body?.querySelector("[data-fingerprint]"), rest = body?.querySelector("#held") ?? body;
    if (pausedAt || isReading || !told || rest.dataset.fingerprint === told.dataset.fingerprint || isHeld(body)) return;
    if (rest.hasAttribute("hx-get") && clock.now() - aloud.saidAt() < BEAT) return;
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
    askedAt = clock.now();
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
    if (Math.abs(parseInt(event.detail.data) / 1000 - clock.now()) > 2000) clock.sync(true);
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
    if (clock.now() - heardAt > BEAT) down();
    ask();
  });

  setInterval(() => {
    if (document.hidden || gone) return;
    const silence = clock.now() - heardAt;
    if (silence > (isSlow() ? 3 * SLOW : SILENT) || (silence > 2500 && !hasStream && !isSlow())) down();
    if ((!downSince && !isSlow()) || clock.now() - askedAt < every) return;
    ask();
  }, 500);
})();
