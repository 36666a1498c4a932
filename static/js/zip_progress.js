// How far the server has come with a file that it makes while it sends it.
(() => {
  "use strict";
  async function follow(address) {
    const said = document.getElementById("zip_said"), { going, whole, broken } = said.dataset;
    for (let tries = 0; tries < 20; tries++) {
      await new Promise((resolve) => { setTimeout(resolve, 300); });
      const answer = await fetch(address, { cache: "no-store" }).catch(() => null);
      const job = answer?.ok ? await answer.json() : {};
      if (!job.total) continue;
      said.textContent = fill(!job.is_over ? going : job.done === job.total ? whole : broken, job);
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
})();
