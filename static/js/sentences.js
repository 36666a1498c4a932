// Copies a sentence by a button; without JavaScript that works by hand.
(() => {
  "use strict";
  const said = document.getElementById("copy_said");

  function select(text) {
    const range = document.createRange();
    range.selectNodeContents(text);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  // The clipboard of scripts is for secure pages; elsewhere the selection is copied.
  async function copy(text) {
    select(text);
    if (navigator.clipboard) return navigator.clipboard.writeText(text.textContent);
    if (!document.execCommand("copy")) throw new Error("not copied");
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    const word = button.querySelector("span"), before = word.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await copy(document.getElementById(button.dataset.copy));
        word.textContent = said.textContent = button.dataset.done;
        setTimeout(() => { word.textContent = before; said.textContent = ""; }, 2000);
      } catch {
        said.textContent = said.dataset.failed;
      }
    });
  }
})();
