// Another language keeps what was typed, where no form of the page can be sent to be shown again.
(() => {
  const FIELDS = "input[name]:not([type=hidden], [type=file], [type=password]), select[name], textarea[name]";
  const held = (field) => (/checkbox|radio/.test(field.type) ? "checked" : "value");

  // A field is found again by its form, its name and its turn among those of that name.
  function fields() {
    const turns = {};
    return [...document.querySelectorAll(FIELDS)].map((field) => {
      const name = `${field.form?.id || field.form?.getAttribute("action")} ${field.name}`;
      turns[name] = (turns[name] ?? 0) + 1;
      return [`${name} ${turns[name]}`, field];
    });
  }

  // A browser may keep this store closed: then the link does what it can alone.
  document.addEventListener("click", (event) => {
    const way = event.target.closest?.("a[data-language]");
    if (!way || event.defaultPrevented) return;
    const typed = fields().map(([name, field]) => [name, field[held(field)]]);
    try {
      sessionStorage.setItem(way.pathname, JSON.stringify(Object.fromEntries(typed)));
    } catch { /* Nothing is kept. */ }
  });

  try {
    const { pathname } = location, typed = JSON.parse(sessionStorage.getItem(pathname)) ?? {};
    sessionStorage.removeItem(pathname);
    for (const [name, field] of fields()) if (name in typed) field[held(field)] = typed[name];
  } catch { /* Nothing was kept. */ }
})();
