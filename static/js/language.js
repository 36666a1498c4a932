// Another language keeps what was typed.
(() => {
  const KEY = "rostrum.typed";
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

  // A letter on its way arrives first: a page that is left would break it off.
  document.addEventListener("click", (event) => {
    const way = event.target.closest?.("[data-language]");
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = new URL(way.dataset.language, location.href);
    if (uploads.afterSending(() => leave(target))) event.preventDefault();
  });

  // A browser may keep this store closed: then the link or the button does what it can alone.
  function leave(target) {
    const typed = fields().map(([name, field]) => [name, field[held(field)]]);
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ path: target.pathname, typed }));
    } catch { return false; }
    location.assign(target);
    return true;
  }

  function takeKept() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY));
      sessionStorage.removeItem(KEY);
      return kept?.path === location.pathname ? kept.typed : [];
    } catch { return []; }
  }

  const known = new Map(fields());
  for (const [name, value] of takeKept()) {
    const field = known.get(name);
    if (field) field[held(field)] = value;
  }
})();
