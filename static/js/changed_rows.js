// Rows of the list that somebody changed stand out for a moment.
(() => {
  "use strict";
  const MOMENT = 3000;

  // Without its last cell: when each speaks moves with every row above.
  function rows() {
    return new Map([...document.querySelectorAll("#console_list tbody tr")].map((row) => {
      const cells = [...row.cells].map((cell) => cell.textContent);
      return [row.id, cells.slice(0, -1).join()];
    }));
  }

  let known = rows();
  document.addEventListener("htmx:after:swap", () => {
    const before = known;
    known = rows();
    for (const [id, text] of known) {
      if (before.get(id) !== text) mark(document.getElementById(id));
    }
  });

  function mark(row) {
    row.classList.add("is-changed");
    setTimeout(() => row.classList.remove("is-changed"), MOMENT);
  }
})();
