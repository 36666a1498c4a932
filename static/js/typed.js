// What was typed and not sent outlives its page, in the store of this tab: in another language, after
// a reload, and where somebody must sign in first.
(() => {
  const FIELDS = "input[name]:not([type=hidden], [type=file], [type=password], [autocomplete=one-time-code]), select[name], textarea[name]";
  const isTicked = (field) => /checkbox|radio/.test(field.type), held = (field) => (isTicked(field) ? "checked" : "value");
  const isChanged = (field) => (field.options ? [...field.options].some((each) => each.selected !== each.defaultSelected)
    : isTicked(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
  // This page stands in the place of the one that was asked for: somebody must sign in, or it failed.
  const isInstead = document.querySelector("[data-instead]");

  // A browser may keep this store closed: then nothing is kept.
  function kept(change) {
    try {
      const all = JSON.parse(sessionStorage.getItem("typed")) ?? {};
      change(all);
      sessionStorage.setItem("typed", JSON.stringify(all));
    } catch { /* Nothing is kept. */ }
  }

  // A field is found again by its form, its name and its turn among those of that name.
  function fields() {
    const turns = {};
    return [...document.querySelectorAll(FIELDS)].map((field) => {
      const name = `${field.form?.id || field.form?.getAttribute("action")} ${field.name}`;
      turns[name] = (turns[name] ?? 0) + 1;
      return [`${name} ${turns[name]}`, field];
    });
  }

  // Wanted is what was stopped, or what another language asks for: kept until its page is seen again.
  const keep = (isWanted) => kept((all) => {
    const typed = fields().filter(([, field]) => isWanted || isChanged(field)).map(([name, field]) => [name, field[held(field)]]);
    if (typed.length) all[location.pathname] = { isWanted, fields: Object.fromEntries(typed) };
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("a[data-language]") && !event.defaultPrevented) keep(true);
  });
  let isOver = isInstead;
  addEventListener("pagehide", () => { if (!isOver) keep(); });
  // Who signs out leaves nothing behind.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".sign-out")) return;
    isOver = true;
    kept((all) => Object.keys(all).forEach((path) => delete all[path]));
  });

  kept((all) => {
    const here = all[location.pathname], isAgain = /reload|back_forward/.test(performance.getEntriesByType("navigation")[0]?.type);
    if (isInstead) Object.values(all).forEach((each) => { each.isWanted = true; });
    else for (const path in all) if (all[path] === here || !all[path].isWanted) delete all[path];
    if (!here?.isWanted && !isAgain) return;
    for (const [name, field] of fields()) if (name in (here?.fields ?? {})) field[held(field)] = here.fields[name];
  });
})();
