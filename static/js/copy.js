// Copies a field by a press on its button; where the clipboard is closed to us, selects it. Hands it
// to the phone's own share sheet, where there is one. Prints.
(() => {
  "use strict";
  const ways = {
    async copy(button) {
      const field = document.getElementById(button.dataset.copy);
      const said = document.getElementById(`${button.dataset.copy}_said`);
      field.focus();
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        said.textContent = button.dataset.copied;
      } catch {
        said.textContent = button.dataset.failed;
      }
    },
    share(button) {
      const url = document.getElementById(button.dataset.share).value;
      // Whoever closes the sheet has changed their mind: nothing to say.
      navigator.share({ title: button.dataset.title, url }).catch(() => {});
    },
    print: () => window.print(),
  };

  // A part of the page that was read anew has its buttons hidden, as without scripts.
  function show() {
    for (const button of document.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
    for (const button of document.querySelectorAll("[data-share]")) button.hidden = !navigator.share;
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy], [data-share], [data-print]");
    for (const [name, act] of Object.entries(ways)) if (name in (button?.dataset ?? {})) act(button);
  });
  document.addEventListener("htmx:after:swap", show);
  show();
})();
