// The menu of languages closes on Escape.
addEventListener("keydown", ({ key }) => {
  const menu = document.querySelector(".languages[open] summary");
  if (!menu || key !== "Escape") return;
  menu.click();
  menu.focus();
});
