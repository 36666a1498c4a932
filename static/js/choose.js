// Finding delegations among many boxes, and counting those that are marked.
(() => {
  "use strict";
  const search = document.querySelector("[data-search]"), count = document.querySelector("[data-count]");
  const labels = [...document.querySelectorAll("[data-find]")];
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  search.hidden = false;
  search.querySelector("input").addEventListener("input", (event) => {
    const wanted = plain(event.target.value).trim();
    for (const label of labels) label.hidden = !plain(label.dataset.find).includes(wanted);
  });
  // Enter would save the form; whoever searches wants the first box found.
  search.querySelector("input").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    labels.find((label) => !label.hidden)?.querySelector("input").focus();
  });
  document.addEventListener("change", () => {
    const marked = labels.filter((label) => label.querySelector("input").checked).length;
    const values = { count: marked, size: count.dataset.size };
    count.textContent = fill(count.dataset.words, values);
  });
})();
