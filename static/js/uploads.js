// Letters go up with their progress (fetch cannot tell that), one file after the other.
const uploads = (() => {
  const STALL = 2000, PATIENCE = 8000, MOST = 3e7;
  const boxOf = (form) => form.querySelector(".progress");
  const inputsOf = (form) => [...form.querySelectorAll("input[data-upload]")];
  const filesOf = (form) => inputsOf(form).flatMap((input) => [...input.files]);
  const forget = (form) => inputsOf(form).forEach((input) => { input.value = ""; });

  // What is being sent, and what is still to be: kept, so that the same files are tried again.
  let job = null;

  // Whether a letter is moving on its way. One that waits to be tried again is given up to who asks.
  function isMoving() {
    if (!job?.request) job = clearTimeout(job?.timer);
    return job?.movedAt > performance.now() - STALL;
  }

  function say(form, text, { share, offer, isWrong = false } = {}) {
    const box = boxOf(form), bar = box.querySelector("progress"), said = box.querySelector("[role=status]");
    box.hidden = false;
    bar.hidden = share === undefined;
    bar.value = share ?? 0;
    said.textContent = text;
    said.classList.toggle("is-bad", isWrong);
    document.getElementById("letter_error")?.remove();
    box.querySelector("button").hidden = !offer;
  }

  function sayTooLarge(form) {
    isMoving();
    refuse(form, "refused", { name: filesOf(form)[0].name });
  }

  function refuse(form, why, values) {
    say(form, fill(boxOf(form).dataset[why], values), { isWrong: true });
    forget(form);
  }

  async function start(form, target, files) {
    // What is to be said of large files is read only then; without it they go as they are.
    if (files.some((file) => file.size > 1e6)) {
      const refused = (values) => refuse(form, "tooLarge", values);
      files = await import(boxOf(form).dataset.large).then((large) => large.send(files, refused), () => files);
      if (!files) return;
    }
    isMoving();
    if (job) return void job.files.push(...files);
    job = { form, target, files, isMore: "more" in form.elements, tries: 0 };
    sendNext();
  }

  // As many files as one request may carry: a letter of several photos becomes one version, not many.
  function batchOf(files, max) {
    let size = 0;
    const end = files.findIndex((file) => (size += file.size) > max);
    return files.slice(0, end < 0 ? files.length : Math.max(end, 1));
  }

  function asked(method, path = "") {
    const { form, target } = job, request = new XMLHttpRequest();
    request.open(method, (inputsOf(form)[0].dataset.upload || form.action) + path);
    request.setRequestHeader("HX-Request", "true");
    request.setRequestHeader("Page-Language", document.documentElement.lang);
    request.setRequestHeader("HX-Target", target);
    return request;
  }
  const isAnswer = (request) => isOurs(request.responseText, request.getResponseHeader("HX-Retarget")) && !isBusy(request.status);

  // Every try has a name, by which the page asks what became of it: where the answer is lost, or
  // late, the letter may be there all the same.
  function ask(otherwise) {
    const { name } = job, request = asked("GET", `/uploads/${name}`);
    request.timeout = PATIENCE;
    request.onloadend = () => {
      if (job?.name !== name) return;
      if (!isAnswer(request)) return otherwise?.(request.status);
      const sent = job.request;
      if (request.status !== 202) {
        answered(request);
        sent?.abort();
      } else if (!sent) {
        say(job.form, boxOf(job.form).dataset.reading, { share: 100 });
        job.timer = setTimeout(ask, 1000, otherwise);
      }
    };
    request.send();
  }

  function sendNext() {
    const { form, files, isMore } = job, words = boxOf(form).dataset;
    const batch = batchOf(files, job.isSingly ? 0 : MOST);
    const name = batch.length === 1 ? batch[0].name : fill(words.several, { count: batch.length });
    const data = new FormData(), request = asked("POST");
    Object.assign(job, { name: `${Math.random()}`, count: batch.length });
    data.append("csrf_token", form.elements.csrf_token.value);
    data.append("upload", job.name);
    if (isMore) data.append("more", "1");
    batch.forEach((file) => data.append("letter", file, file.name));
    const sending = (share) => {
      // All of it sent, the server may take its time to read it.
      job.movedAt = performance.now() + (share < 100 ? 0 : PATIENCE);
      if (share < 100) say(form, fill(words.sending, { name, percent: share }), { share, offer: true });
      else say(form, words.reading, { share });
    };
    const stop = (text, offer) => {
      job.request = null;
      say(form, fill(text, { name }), { offer, isWrong: true });
    };
    const tryLater = () => {
      stop(words.failed, true);
      job.again = () => ask((status) => (status === 204 ? sendNext() : tryLater()));
      job.timer = setTimeout(job.again, wait(job.tries++));
    };
    const end = job.end = (text) => {
      clearTimeout(job.timer);
      stop(text);
      forget(form);
      job = null;
    };
    request.upload.onprogress = (event) => sending(Math.floor(100 * event.loaded / event.total));
    request.onload = () => {
      if (isAnswer(request)) answered(request);
      else if (request.status !== 413) tryLater();
      else if (batch.length === 1) end(words.refused);
      else {
        // Larger than a proxy on the way takes: of several files each may still pass alone.
        job.isSingly = true;
        sendNext();
      }
    };
    request.onerror = tryLater;
    request.onabort = () => { if (job?.request === request) end(words.cancelled); };
    job.request = request;
    request.send(data);
    sending(0);
  }

  function answered(request) {
    const { form, target, files, after, count } = job, isTaken = request.status < 300;
    if (isTaken) files.splice(0, count);
    Object.assign(job, { isMore: true, tries: 0 });
    if (isTaken && files.length) return sendNext();
    job = null;
    forget(form);
    // Said at the top of the page, and here: it must not go on saying that the letter is being read.
    const problem = problemIn(request.responseText);
    if (problem) say(form, problem, { isWrong: true });
    if (isTaken && after) return void after();
    if (isTaken && (form.dataset.next || !self.htmx)) return location.assign(form.dataset.next ?? "");
    show(request, target);
  }

  // Beside the speaker's form only the blocks that the letter changed are put in anew.
  function show(request, target) {
    const problem = request.getResponseHeader("HX-Retarget")?.slice(1);
    const isBeside = target === "letter_box" && !problem;
    htmx.swap({
      text: request.responseText,
      target: document.getElementById(isBeside ? "main" : problem ?? target),
      swap: isBeside ? "none" : "outerHTML",
      sourceElement: document.body,
    // A press that was lost may have given the place: what had the focus then went with its part.
    }).then(() => {
      if (!isBeside || document.activeElement === document.body) answers.lead();
    });
  }

  function chosen(input, files) {
    if (!files.length) return;
    if (input.dataset.upload) start(input.form, input.dataset.target, files);
    else say(input.form, filesOf(input.form).map((file) => file.name).join(", "));
  }

  // From the tap to the photo may take a minute. Until then the page is not read anew; where it was
  // just being read, what is chosen counts for the input that took the place of the one tapped.
  addEventListener("click", (event) => {
    const input = event.target;
    if (!input.matches?.("input[data-upload]")) return;
    input.dataset.picking = "";
    const moved = () => { if (!input.isConnected) chosen(document.getElementById(input.id) ?? input, [...input.files]); };
    input.addEventListener("change", moved, { once: true });
  });
  // Before its version 16.4 Safari does not tell that nothing was chosen; who touches the page is back.
  for (const end of ["change", "cancel", "pointerdown"]) {
    addEventListener(end, () => {
      document.querySelectorAll("[data-picking]").forEach((input) => { delete input.dataset.picking; });
    }, true);
  }

  addEventListener("change", (event) => {
    if (event.target.matches?.("input[data-upload]")) chosen(event.target, [...event.target.files]);
  });

  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id !== "letter_form" || !filesOf(form).length) return;
    event.preventDefault();
    if (!job?.request) start(form, "letter_page", filesOf(form));
  });

  // A letter on its way arrives before the language changes: a page that is left would break it off.
  addEventListener("click", (event) => {
    const pressed = event.target.closest?.(".progress button, [data-language]");
    if (!pressed || !job) return;
    if (pressed.lang) {
      event.preventDefault();
      job.after = () => pressed.click();
    } else if (job.request) job.request.abort();
    else job.end(boxOf(job.form).dataset.cancelled);
  });
  onReturn(() => {
    clearTimeout(job?.timer);
    if (job?.request) ask();
    else job?.again();
  });
  return { filesOf, sayTooLarge, isMoving };
})();
