// "Keep the screen on while I wait": as long as the switch is on the page and the page is seen.
(() => {
  if (!navigator.wakeLock) return;
  let wanted = false, lock = null;
  const place = () => document.querySelector("[data-awake]");

  function show(word) {
    const part = place();
    if (!part) return;
    part.hidden = false;
    part.querySelector("input").checked = wanted;
    part.querySelector("[role=status]").textContent = part.dataset[word] ?? "";
  }

  // A page that is not seen loses the lock and takes it again; a phone that saves its battery ends it.
  function hold() {
    const asked = lock = navigator.wakeLock.request("screen");
    const lose = (word) => {
      if (lock !== asked) return;
      lock = null;
      if (document.hidden) return;
      wanted = false;
      show(word);
    };
    asked.then((held) => {
      held.addEventListener("release", () => lose("lost"));
      follow();
    }, () => lose("refused"));
  }

  function release() {
    lock?.then((held) => held.release(), () => {});
    lock = null;
  }

  // Registered, or closed: there is no switch any more, and nothing to wait for.
  function follow() {
    if (!place()) wanted = false;
    if (!wanted) release();
    else if (!lock && !document.hidden) return hold();
    show(lock ? "on" : "");
  }

  addEventListener("change", (event) => {
    if (!event.target.closest("[data-awake]")) return;
    wanted = event.target.checked;
    follow();
  });
  onReturn(follow);
  addEventListener("htmx:after:swap", (event) => { if (event.detail.ctx?.target?.id !== "live") follow(); });
  follow();
})();
