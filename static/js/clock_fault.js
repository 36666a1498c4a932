// Staff are told when the clocks of Rostrum and of its machine differ: each beat says by how much.
(() => {
  "use strict";
  const fault = document.getElementById("clock_fault");
  document.getElementById("live")?.addEventListener("beat", (event) => {
    const seconds = Number(event.detail.data.split(" ")[1]);
    fault.hidden = !seconds;
    fault.textContent = fill(fault.dataset.words, { seconds });
  });
})();
