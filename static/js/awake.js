// "Keep the screen on while I wait": as long as the switch is on the page and the page is seen.
(() => {
  "use strict";
  if (!navigator.wakeLock) return;
  let wanted = false, asking = false, lock = null;
  const place = () => document.querySelector("[data-awake]");

  function show(word) {
    const part = place();
    if (!part) return;
    part.hidden = false;
    part.querySelector("input").checked = wanted;
    part.querySelector("[role=status]").textContent = part.dataset[word] ?? "";
  }

  // A page that is not seen loses the lock and takes it again; a phone that saves its battery ends it.
  async function hold() {
    if (asking) return;
    asking = true;
    try {
      const held = lock = await navigator.wakeLock.request("screen");
      held.addEventListener("release", () => {
        if (lock !== held) return;
        lock = null;
        if (document.hidden) return;
        wanted = false;
        show("lost");
      });
      asking = false;
      follow();
    } catch {
      asking = false;
      if (document.hidden) return;
      wanted = false;
      show("refused");
    }
  }

  function release() {
    const held = lock;
    lock = null;
    held?.release();
  }

  // Registered, or closed: there is no switch any more, and nothing to wait for.
  function follow() {
    if (!place()) wanted = false;
    if (!wanted) release();
    else if (!lock && !document.hidden) return void hold();
    show(lock ? "on" : "");
  }

  document.addEventListener("change", (event) => {
    if (!event.target.closest("[data-awake]")) return;
    wanted = event.target.checked;
    follow();
  });
  document.addEventListener("visibilitychange", follow);
  document.addEventListener("htmx:after:swap", (event) => { if (event.detail.ctx?.target?.id !== "live") follow(); });
  follow();
})();
