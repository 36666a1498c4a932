// Copying a sentence and printing a list by a button; without JavaScript both work by hand.
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

  // How far the server has come with a file that it makes while it sends it.
  async function follow(address) {
    const said = document.getElementById("zip_said"), { going, whole, broken } = said.dataset;
    for (let tries = 0; tries < 20; tries++) {
      await new Promise((resolve) => { setTimeout(resolve, 300); });
      const answer = await fetch(address, { cache: "no-store" }).catch(() => null);
      const job = answer?.ok ? await answer.json() : {};
      if (!job.total) continue;
      said.textContent = window.rostrum.fill(!job.is_over ? going : job.done === job.total ? whole : broken, job);
      if (job.is_over) return;
      tries = 0;
    }
  }

  for (const link of document.querySelectorAll("[data-watch]")) {
    const address = link.href;
    link.addEventListener("click", () => {
      const watch = `?watch=${crypto.getRandomValues(new Uint32Array(4)).join("-")}`.slice(0, 47);
      link.href = address + watch;
      follow(link.dataset.watch + watch);
    });
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();
