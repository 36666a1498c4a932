// Copies a field by a press on its button; where the clipboard is closed to us, selects it. Hands it
// to the phone's own share sheet, where there is one. Prints.
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const said = document.getElementById(`${button.dataset.copy}_said`);
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.focus();
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        said.textContent = button.dataset.copied;
      } catch {
        said.textContent = button.dataset.failed;
      }
    });
  }
  for (const button of document.querySelectorAll("[data-share]")) {
    button.hidden = !navigator.share;
    button.addEventListener("click", () => {
      const url = document.getElementById(button.dataset.share).value;
      // Whoever closes the sheet has changed their mind: nothing to say.
      navigator.share({ title: button.dataset.title, url }).catch(() => {});
    });
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
