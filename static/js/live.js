// Whether the page is live: only what our own server said counts. Watches the stream, asks where it is
// silent, says as of when the page is; holds the page still.
(() => {
  const live = document.getElementById("live");
  if (!live) return;
  const word = document.getElementById("live_word"), pause = document.getElementById("pause");
  // The server speaks at least every four seconds.
  const LATE = 6500, SOON = 2500, FAST = 2000, SLOW = 20000, UNSEEN = 60000;
  const madeAt = clock.now(), since = (at) => clock.now() - at;
  // When our server spoke on the stream, when it spoke at all, and when it was last asked.
  let heardAt = -Infinity, toldAt = madeAt, askedAt = madeAt, pausedAt = 0;
  let every = FAST, hasRoom = true, hasStream = false, hasFailed = false, ended = "", state;

  // A stream that is known to be broken may come back before one worries.
  const isSilent = () => since(heardAt) > (hasStream ? LATE : SOON);

  function present() {
    if (ended) return "gone";
    if (pausedAt) return "paused";
    if (!isSilent() && navigator.onLine) return "live";
    if (hasFailed || !navigator.onLine || since(toldAt) > every + LATE) return "down";
    return hasRoom ? "slow" : "full";
  }

  function show() {
    const was = state, wasSeen = !live.hidden;
    state = present();
    const isNow = state === "live" && !document.hidden;
    const time = isNow ? "" : new Date(pausedAt || toldAt).toLocaleTimeString("en-GB", { timeZone: live.dataset.clockZone }).replace(/^0/, "");
    const text = ended || fill(live.dataset[state], { time, seconds: every / 1000 });
    // A page that has just come waits for the first word on its stream.
    live.hidden = heardAt < 0 && state === "slow" && since(madeAt) < SOON;
    live.dataset.is = state;
    if (word.textContent !== text) word.textContent = text;
    answers.retitle({ asOf: time && fill(live.dataset.asOf, { time }) });
    if (!document.hidden && !live.hidden && (wasSeen ? was !== state : state !== "live")) aloud.say(text);
  }

  function end(text) {
    if (ended !== text) every = text ? SLOW : FAST;
    ended = text;
    document.getElementById("page_body")?.toggleAttribute("inert", ended);
    show();
  }

  function told(onStream) {
    toldAt = clock.now();
    hasFailed = false;
    if (onStream) heardAt = toldAt;
    end("");
  }

  pause.addEventListener("click", () => {
    pausedAt = pausedAt ? 0 : clock.now();
    pause.setAttribute("aria-pressed", pausedAt > 0);
    show();
    ask();
  });

  // On a bad line htmx comes late, or not at all.
  const get = (address, how) => self.htmx?.ajax("GET", address, how).catch(() => {});

  // The live block says when more than itself has changed: then the rest is read anew, unless somebody
  // is typing in it. What comes later than the answer to a press is asked for again until it is there.
  let isReading = false;
  function follow() {
    const body = document.getElementById("page_body"), now = body?.querySelector("[data-fingerprint]"), rest = body?.querySelector("#held") ?? body;
    if (pausedAt || isReading || !now || rest.dataset.fingerprint === now.dataset.fingerprint || isHeld(body)) return;
    if (rest.hasAttribute("hx-get") && since(aloud.saidAt()) < LATE) return;
    isReading = true;
    get(body.dataset.refresh, { target: "#page_body", swap: "outerHTML" }).then(() => { isReading = false; });
  }

  // A press that waits for its answer, which will be put where the page is now; and what somebody began
  // to type while the page was being read.
  const isHeld = (body) => body.querySelector("button:disabled, [aria-busy=true]") || isTyping(body);
  addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    if (ctx?.request?.method === "GET" && ctx.target?.id === "page_body" && isHeld(ctx.target)) event.preventDefault();
  });

  // What was refused stands in the page as it was typed, and nowhere else; but for what saves itself.
  const isTyping = (body) => body.querySelector("[data-picking], [data-typed], [aria-invalid]:not([hx-put] *)") || [...body.querySelectorAll("input:not([role=switch]), select, textarea")]
    .some((field) => (field.options ? [...field.options].some((o) => o.selected !== o.defaultSelected && field.value) : field.value !== field.defaultValue));

  // Now, and for a stream, where there is none.
  function ask() {
    askedAt = clock.now();
    self.htmx?.trigger(live, "reconnect");
    if (navigator.onLine && !pausedAt) get(live.dataset.state, { source: live, target: "#live", swap: "none" });
  }

  const on = (names, act) => names.split(" ").forEach((name) => live.addEventListener(`htmx:${name}`, act));
  const isOfStream = (ctx) => ctx.request.action !== live.dataset.state;
  // While nobody looks no stream is opened; a page that was displaced waits until there is room.
  on("before:request", (event) => {
    const { ctx } = event.detail;
    if (!isOfStream(ctx)) return;
    if (document.hidden) event.preventDefault();
    if (!hasRoom) ctx.request.headers["If-Room"] = 1;
  });
  // What a portal answers in our place is not put into the page, and no refusal; a redirection counts.
  on("after:request", (event) => {
    const { ctx } = event.detail, { status } = ctx.response, ours = isOurs(ctx.text, Object.keys(ctx.hx).length);
    if (ours && status < 400) return told();
    if (!ours || status !== 401) event.preventDefault();
    if (ours && status === 404) return end(live.dataset.gone ?? problemIn(ctx.text));
    if (!isOfStream(ctx)) hasFailed = true;
    show();
  });
  on("error", (event) => {
    if (event.detail.ctx && !isOfStream(event.detail.ctx)) hasFailed = true;
    show();
  });
  on("after:swap sse:after:message", follow);
  on("sse:before:connection", (event) => { if (ended) event.preventDefault(); });
  on("sse:after:connection", () => { hasStream = true; });
  on("sse:close sse:error", (event) => {
    hasStream = false;
    if (event.detail.status === 404) ask();
  });
  on("sse:before:message", (event) => {
    const name = event.detail.message.event;
    if (pausedAt && !name) event.preventDefault();
    if (name === "gone") return;
    every = FAST;
    hasRoom = true;
    told(true);
  });
  // The server's clock may have been put right while this page counted down by it.
  live.addEventListener("beat", (event) => {
    if (Math.abs(parseInt(event.detail.data) / 1000 - clock.now()) > 2000) clock.sync(true);
  });
  // Too many pages listen already ("slow"), or too many of this browser ("full"): this one asks now and
  // then. Or nobody is signed in here any more.
  live.addEventListener("gone", (event) => {
    const why = event.detail?.data;
    heardAt = -Infinity;
    every = SLOW;
    hasRoom = why !== "full";
    if (why === "gone") ask();
    show();
  });
  addEventListener("offline", show);
  // A page that was away knows nothing of what happened meanwhile, and says so until it does.
  onReturn(() => {
    hasRoom = true;
    show();
    ask();
  });

  setInterval(() => {
    show();
    if (isSilent() && since(askedAt) >= (document.hidden ? UNSEEN : every)) ask();
  }, 500);
})();
