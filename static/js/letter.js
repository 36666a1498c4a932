// The letter goes up as soon as it is chosen, with its progress: fetch cannot tell that.
(() => {
  "use strict";
  const fill = (pattern, values) => pattern.replace(/{(\w+)}/g, (_, name) => values[name]);
  const megabytes = (size) => `${(size / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} MB`;

  function say(input, text, share) {
    const box = document.getElementById("letter_progress");
    box.hidden = false;
    box.querySelector("progress").hidden = share === undefined;
    if (share !== undefined) box.querySelector("progress").value = share;
    document.getElementById("letter_said").textContent = text;
  }

  const isTooLarge = (input) => input.files[0].size > Number(input.dataset.max);
  const sayTooLarge = (input) => {
    say(input, fill(input.dataset.tooLarge, { size: megabytes(input.files[0].size) }));
    input.value = "";
  };

  function send(url, form, input, answered) {
    const data = new FormData();
    data.append("csrf_token", form.elements.csrf_token.value);
    data.append("letter", input.files[0]);
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("HX-Request", "true");
    if (input.dataset.upload) request.setRequestHeader("HX-Target", "letter_box");
    const name = input.files[0].name;
    request.upload.onprogress = (event) => {
      const share = Math.floor(100 * event.loaded / event.total);
      say(input, share < 100 ? fill(input.dataset.sending, { name, percent: share }) : input.dataset.reading, share);
    };
    request.onload = () => answered(request);
    request.onerror = () => { say(input, input.dataset.failed); input.value = ""; };
    request.send(data);
    say(input, fill(input.dataset.sending, { name, percent: 0 }), 0);
  }

  const swap = (text, target, style) => htmx.swap({ text, target, swap: style, sourceElement: document.body });

  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches?.("input[data-upload]") || !input.files.length) return;
    if (isTooLarge(input)) return sayTooLarge(input);
    if (!input.dataset.upload) return;
    send(input.dataset.upload, input.form, input, (request) => {
      if (request.status < 500 || request.status === 507) swap(request.responseText, document.getElementById("main"), "none");
      else say(input, input.dataset.failed);
    });
  });

  document.addEventListener("submit", (event) => {
    const form = event.target, input = form.querySelector("input[data-upload='']");
    if (form.id !== "letter_form" || !input?.files.length) return;
    event.preventDefault();
    send(form.action, form, input, (request) => {
      if (request.status < 300) location.assign(form.dataset.next);
      else swap(request.responseText, document.getElementById("letter_page"), "outerHTML")
        .then(() => document.querySelector("#letter_page [data-focus]")?.focus());
    });
  });
})();
