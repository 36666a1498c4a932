// Whether the page is live: watches the stream, says so when it is down, and asks instead.
(() => {
  "use strict";
  const live = document.getElementById("live");
  if (!live) return;
  const word = document.getElementById("live_word");
  const { now, fill } = window.rostrum;
  const SILENT = 12000, ASK = 1500;
  let heardAt = now(), downSince = null, askedAt = 0, gone = false;

  const time = (at) => new Date(at).toLocaleTimeString("en-GB", { timeZone: live.dataset.clockZone });

  function show() {
    live.hidden = false;
    live.classList.toggle("is-down", downSince !== null);
    const text = gone ? live.dataset.gone : downSince === null ? live.dataset.live : fill(live.dataset.down, { time: time(downSince) });
    if (word.textContent !== text) word.textContent = text;
  }

  function heard() {
    heardAt = now();
    downSince = null;
    show();
    follow();
  }

  function down() {
    if (downSince === null) downSince = heardAt;
    show();
  }

  // The live block says when more than itself has changed: then the rest is read anew,
  // unless somebody is typing in it.
  function follow() {
    const body = document.getElementById("page_body"), standing = document.getElementById("standing");
    if (!body || !standing || body.dataset.fingerprint === standing.dataset.fingerprint) return;
    if (isTyping(body) || isAsking(body)) return;
    body.dataset.fingerprint = standing.dataset.fingerprint;
    htmx.ajax("GET", body.dataset.refresh, { target: "#page_body", swap: "outerHTML" });
  }

  // A press that waits for its answer: that will be put where the page is now.
  const isAsking = (body) => Boolean(body?.querySelector("button:disabled"));
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    const body = document.getElementById("page_body");
    if (ctx?.request?.method === "GET" && ctx.request.action === body?.dataset.refresh && isAsking(body)) event.preventDefault();
  });

  const isTyping = (body) => body.querySelector("[data-picking]") || [...body.querySelectorAll("input:not([type=hidden]), select, textarea")]
    .some((field) => field.type === "file" ? field.files.length : field.tagName === "SELECT"
      ? [...field.options].some((o) => o.selected !== o.defaultSelected && field.value) : field.value !== field.defaultValue);

  function ask() {
    askedAt = now();
    if (navigator.onLine) htmx.ajax("GET", live.dataset.state, { source: live, target: "#live", swap: "none" }).catch(() => {});
  }

  function reconnect() {
    if (!live._htmx?.sse) htmx.trigger(live, "reconnect");
  }

  live.addEventListener("htmx:sse:after:connection", heard);
  live.addEventListener("htmx:sse:after:message", heard);
  live.addEventListener("htmx:sse:error", down);
  live.addEventListener("gone", () => { gone = true; downSince = heardAt; show(); });
  live.addEventListener("htmx:after:swap", follow);
  window.addEventListener("offline", down);
  window.addEventListener("online", () => { ask(); reconnect(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) { ask(); reconnect(); } });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { heardAt = Math.max(heardAt, now() - SILENT + 1500); ask(); } });

  setInterval(() => {
    if (document.hidden || gone) return;
    const silence = now() - heardAt;
    if (silence > SILENT || (silence > 2500 && !live._htmx?.sse)) down();
    if (downSince === null || now() - askedAt < ASK) return;
    ask();
    reconnect();
  }, 500);
})();
