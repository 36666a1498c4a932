// Dragging a delegation to another place: where it is dropped leads to the page that asks why.
(() => {
  "use strict";
  let made = null;
  function arm() {
    const list = document.querySelector(".orderly");
    if (!list || made?.el === list) return;
    made?.destroy();
    made = Sortable.create(list, {
      handle: ".grip", animation: 150, draggable: "li[data-move]",
      onEnd: ({ item, oldIndex, newIndex }) => {
        if (newIndex !== oldIndex) location.assign(`${item.dataset.move}?place=${newIndex + 1}`);
      },
    });
  }
  // The list that is pushed meanwhile takes the place of the one that is held; it is armed anew.
  document.addEventListener("htmx:after:swap", arm);
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  arm();
})();
