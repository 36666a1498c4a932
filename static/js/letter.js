// Letters go up with their progress (fetch cannot tell that), one file after the other.
(() => {
  "use strict";
  const { fill } = window.rostrum;
  const megabytes = (size) => (size / 1e6).toLocaleString(`${document.documentElement.lang}-u-nu-latn`, { maximumFractionDigits: 1 });
  const boxOf = (form) => form.querySelector(".progress");
  const inputsOf = (form) => [...form.querySelectorAll("input[data-upload]")];
  const filesOf = (form) => inputsOf(form).flatMap((input) => [...input.files]);
  const forget = (form) => inputsOf(form).forEach((input) => { input.value = ""; });

  // What is being sent, and what is still to be: kept, so that "Try again" sends the same files.
  let job = null;

  // Does something now or, while something is being sent, when that is here; false where it cannot.
  window.rostrum.afterSending = (act) => {
    if (!job?.request) return act();
    job.after = act;
    return true;
  };

  function say(form, text, { share, offer, isWrong } = {}) {
    const box = boxOf(form), bar = box.querySelector("progress"), said = box.querySelector("[role=status]");
    box.hidden = false;
    bar.hidden = share === undefined;
    if (share !== undefined) bar.value = share;
    said.textContent = text;
    said.classList.toggle("is-bad", Boolean(isWrong));
    document.getElementById("letter_error")?.remove();
    box.querySelectorAll("[data-do]").forEach((button) => { button.hidden = button.dataset.do !== offer; });
  }

  function isTooLarge(form) {
    const words = boxOf(form).dataset;
    const large = filesOf(form).find((file) => file.size > Number(words.max));
    if (large) {
      say(form, fill(words.tooLarge, { size: megabytes(large.size) }), { isWrong: true });
      forget(form);
    }
    return Boolean(large);
  }

  function start(form, target, files) {
    if (isTooLarge(form)) return;
    if (job?.request) return void job.files.push(...files);
    job = { form, target, files, all: files.length, isMore: "more" in form.elements };
    sendNext();
  }

  // As many files as one request may carry: a letter of several photos becomes one version, not many.
  function batchOf(files, max) {
    let size = 0;
    const end = files.findIndex((file) => (size += file.size) > max);
    return files.slice(0, end < 0 ? files.length : Math.max(end, 1));
  }

  function sendNext() {
    const { form, target, files, isMore } = job, words = boxOf(form).dataset;
    const batch = batchOf(files, Number(words.maxAtOnce));
    const name = batch.length === 1 ? batch[0].name : fill(words.several, { count: batch.length });
    const data = new FormData(), request = new XMLHttpRequest();
    data.append("csrf_token", form.elements.csrf_token.value);
    if (isMore) data.append("more", "1");
    batch.forEach((file) => data.append("letter", file, file.name));
    request.open("POST", inputsOf(form)[0].dataset.upload || form.action);
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("Page-Language", document.documentElement.lang);
    request.setRequestHeader("HX-Target", target);
    const sending = (share) => {
      const text = share < 100 ? fill(words.sending, { name, percent: share }) : words.reading;
      say(form, text, { share, offer: share < 100 ? "cancel" : "" });
    };
    const stop = (text, offer) => {
      const here = job.all - files.length;
      job.request = null;
      const told = here ? `${fill(words.partly, { here, all: job.all })} ` : "";
      say(form, told + fill(text, { name }), { offer, isWrong: offer === "again" });
    };
    request.upload.onprogress = (event) => sending(Math.floor(100 * event.loaded / event.total));
    request.onload = () => (request.status >= 500 && request.status !== 507 ? stop(words.failed, "again") : answered(request, batch.length));
    request.onerror = () => stop(words.failed, "again");
    request.onabort = () => { stop(words.cancelled); forget(form); };
    job.request = request;
    request.send(data);
    sending(0);
  }

  function answered(request, count) {
    const { form, target, files, after } = job;
    if (request.status < 300) files.splice(0, count);
    job.isMore = true;
    if (request.status < 300 && files.length) return sendNext();
    job = null;
    forget(form);
    if (request.status < 300 && after) return void after();
    if (request.status < 300 && form.dataset.next) return location.assign(form.dataset.next);
    show(request, target);
  }

  // Beside the speaker's form only the blocks that the letter changed are put in anew.
  function show(request, target) {
    const problem = request.getResponseHeader("HX-Retarget")?.slice(1);
    const isBeside = target === "letter_box" && !problem;
    const swapped = htmx.swap({
      text: request.responseText,
      target: document.getElementById(isBeside ? "main" : problem ?? target),
      swap: isBeside ? "none" : "outerHTML",
      sourceElement: document.body,
    });
    if (!isBeside) swapped.then(() => document.querySelector("main [data-focus]")?.focus());
  }

  function chosen(input, files) {
    if (!files.length) return;
    if (input.dataset.upload) start(input.form, input.dataset.target, files);
    else if (!isTooLarge(input.form)) say(input.form, filesOf(input.form).map((file) => file.name).join(", "));
  }

  // From the tap to the photo may take a minute. Until then the page is not read anew; where it was
  // just being read, what is chosen counts for the input that took the place of the one tapped.
  document.addEventListener("click", (event) => {
    const input = event.target;
    if (!input.matches?.("input[data-upload]")) return;
    input.dataset.picking = "";
    const moved = () => { if (!input.isConnected) chosen(document.getElementById(input.id) ?? input, [...input.files]); };
    input.addEventListener("change", moved, { once: true });
  });
  for (const end of ["change", "cancel"]) {
    document.addEventListener(end, (event) => { delete event.target.dataset?.picking; }, true);
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches?.("input[data-upload]")) chosen(event.target, [...event.target.files]);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id !== "letter_form" || !filesOf(form).length) return;
    event.preventDefault();
    if (!job?.request) start(form, "letter_page", filesOf(form));
  });

  document.addEventListener("click", (event) => {
    const what = event.target.closest?.("[data-do]")?.dataset.do;
    if (what === "cancel") job?.request?.abort();
    if (what === "again" && job && !job.request) sendNext();
  });
})();
