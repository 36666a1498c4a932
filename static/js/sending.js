// What is sent over a bad connection. The press is tried again until it is answered; of anything
// else the page says that it was not sent. Nothing that was typed is lost.
(() => {
  const words = document.getElementById("sending")?.dataset;
  if (!words) return;
  const PATIENCE = 8000;
  const PRESS = "[data-register]";
  const button = () => document.querySelector(PRESS), isPress = (ctx) => ctx.sourceElement.matches(PRESS);

  // --- The press: the same one each time, by the key in its form ------------------------------
  let tries = 0, said = "", timer, flying;

  function tell(text) {
    const place = document.getElementById("press_said");
    said = text;
    if (place && place.textContent !== text) place.textContent = text;
    document.querySelectorAll("[data-stop]").forEach((stop) => { stop.hidden = !tries; });
  }

  const warn = (event) => event.preventDefault();

  function end() {
    tries = 0;
    clearTimeout(timer);
    removeEventListener("beforeunload", warn);
  }

  function again() {
    const press = button();
    if (press && !press.hasAttribute("aria-disabled")) press.click();
    else end();
  }

  // The letter for which a press waits is here, or the line is dead: then the press takes it along.
  function follow() {
    const form = button()?.form;
    const wrong = form && !uploads.filesOf(form).length && document.querySelector("#letter_box :is(.is-bad, .error)");
    if (wrong) tell(wrong.textContent.trim());
    else again();
  }

  function tryLater({ response, text = "" }) {
    const asked = Math.min(30, Number(response?.headers.get("Retry-After")) || 0) * 1000;
    const backOff = wait(tries++);
    tell(`${fill(button().dataset.again, { count: tries })} ${problemIn(text)}`.trim());
    clearTimeout(timer);
    timer = setTimeout(again, Math.max(asked, backOff));
    addEventListener("beforeunload", warn);
  }

  function stop() {
    flying?.request.abort();
    end();
    tell(words.stopped);
    document.getElementById("press_said").focus();
  }

  // --- Everything else --------------------------------------------------------------------------
  function sayAt(form, text) {
    const place = () => form.querySelector(".unsent");
    if (!place()) (form.querySelector(".buttons") ?? form.lastElementChild).insertAdjacentHTML("afterend", '<p class="said unsent" role="alert"></p>');
    place().textContent = text;
  }

  function unsent(ctx) {
    const form = ctx?.sourceElement.closest("form");
    if (!form) return;
    if (ctx.response?.status === 413 && uploads.filesOf(form).length) {
      end();
      tell("");
      uploads.sayTooLarge(form);
    } else if (isPress(ctx)) tryLater(ctx);
    else if (ctx.request.method !== "GET") sayAt(form, words.unanswered);
  }

  addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    if (!isPress(ctx)) return;
    clearTimeout(timer);
    if (uploads.isMoving()) {
      event.preventDefault();
      timer = setTimeout(follow, 300);
      return tell(button().dataset.holding);
    }
    // A letter may take its time; a press alone has none to lose on a line that is dead.
    if (!uploads.filesOf(ctx.sourceElement.form).length) ctx.request.timeout = PATIENCE;
    flying = ctx;
    if (!tries) tell(words.sending);
  });
  addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    if (isOurs(ctx.text, Object.keys(ctx.hx).length) && !(isPress(ctx) && isBusy(ctx.response.status))) {
      if (!isPress(ctx)) return ctx.sourceElement.closest("form")?.querySelector(".unsent")?.remove();
      end();
      // Put at the top of the page, and said at the button too: both may not be in sight.
      const problem = problemIn(ctx.text);
      return void (problem && tell(problem));
    }
    event.preventDefault();
    unsent(ctx);
  });
  addEventListener("htmx:error", (event) => unsent(event.detail.ctx));
  addEventListener("htmx:after:swap", () => {
    if (!tries) return;
    if (button()) tell(said);
    else end();
  });
  addEventListener("click", (event) => { if (event.target.closest?.("[data-stop]")) stop(); });
  onReturn(() => { if (tries) again(); });

  // A form that the browser itself sends would be lost with its page: first, whether the server is there.
  const checked = new WeakSet();
  addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || form.method !== "post" || checked.delete(form)) return;
    event.preventDefault();
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    sayAt(form, words.sending);
    const options = { cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE) };
    const isThere = await fetch(words.ask, options).then((answer) => answer.ok, () => false);
    form.removeAttribute("aria-busy");
    sayAt(form, isThere ? "" : words.unsent);
    if (!isThere) return;
    checked.add(form);
    // A live page may have changed meanwhile: what was pressed is sent as it was pressed.
    if (!submitter.isConnected) {
      document.body.append(form);
      form.append(submitter);
    }
    submitter.click();
  });
})();
