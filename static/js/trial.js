// The trial press: how long it took, and when trying is over.
(() => {
  "use strict";
  const SLOW = 1000;
  let pressedAt = 0, sentAt = 0, answeredAt = 0;
  const seconds = (span) => (Math.max(10, span) / 1000).toLocaleString(`${document.documentElement.lang}-u-nu-latn`,
    { minimumFractionDigits: 2, maximumFractionDigits: 2 });

  // A press that is tried again is pressed by the page: what counts is when the person did.
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-stop]")) pressedAt = 0;
    else if (event.isTrusted && event.target.closest?.("[data-register]")) pressedAt ||= clock.now();
  }, true);
  document.addEventListener("htmx:config:request", () => { sentAt = clock.now(); });
  document.addEventListener("htmx:after:request", () => { answeredAt = clock.now(); });

  // It cannot have arrived before it was sent nor after it was answered: a clock that says so was not
  // set right yet, and the middle of the two is as good as any guess.
  function delay(arrived) {
    const isPossible = sentAt <= arrived && arrived <= answeredAt;
    return (isPossible ? arrived : (sentAt + answeredAt) / 2) - pressedAt;
  }

  function tell() {
    const answer = document.querySelector("[data-arrived]");
    if (!answer || !pressedAt) return;
    const took = delay(Number(answer.dataset.arrived) / 1000), isSlow = took > SLOW;
    const [told, how] = answer.querySelectorAll("[data-delay]");
    told.textContent = fill(told.dataset.delay, { delay: seconds(took), back: seconds(answeredAt - pressedAt) });
    told.hidden = how.hidden = false;
    answer.querySelector(isSlow ? "[data-slow]" : "[data-quick]").hidden = false;
    pressedAt = 0;
  }
  // Before the answer is read aloud.
  document.addEventListener("htmx:after:swap", tell, true);

  setInterval(() => {
    const trial = document.getElementById("trial");
    if (!trial.dataset.until || clock.now() < Number(trial.dataset.until) / 1000) return;
    trial.querySelector(".to-try").hidden = true;
    trial.querySelector(".is-over").hidden = false;
  }, 1000);
})();
