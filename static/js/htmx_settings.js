// How our pages use htmx; it comes with htmx itself.
Object.assign(htmx.config, {
  history: false,
  defaultSettleDelay: 0,
  sse: { reconnectDelay: 300, reconnectMaxDelay: 1200, connectTimeout: 8000 },
});
// What is typed is saved before its page is left, and a save outlives the page that sent it.
for (const name of ["beforeunload", "visibilitychange"]) {
  addEventListener(name, () => {
    const { activeElement: field } = document, part = field?.closest("[hx-put$=fields]");
    // A choice is saved as it is made.
    if (part && !field.options) htmx.trigger(part, "leave");
  });
}
// What was saved is what the page now goes back to; what is typed meanwhile is a change.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (ctx.request.method !== "PUT" || ctx.response.status !== 200) return;
  const part = ctx.sourceElement;
  part.dataset.saved = "";
  for (const [name, value] of ctx.request.body) {
    const field = part.querySelector(`[name="${name}"]`);
    // WebKit chooses what becomes the default, also over what somebody chose meanwhile.
    if (field?.value !== value) continue;
    for (const option of field.options ?? []) option.defaultSelected = option.value === value;
    if (!field.options && field.type !== "hidden") field.defaultValue = value;
  }
});
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => { ctx.request.keepalive = ctx.request.method === "PUT"; });
// A form that somebody fills in gives way to a ready page and to a place alone, and so does one filled
// in while the page was being read anew.
for (const name of ["htmx:config:request", "htmx:before:swap"]) {
  document.addEventListener(name, (event) => {
    const { request, target } = event.detail.ctx ?? {};
    const isRefresh = request?.method === "GET" && target?.id === "page_body";
    if (isRefresh && target.querySelector("[data-saved]") && !target.querySelector(".hero-ready, .hero-registered")) event.preventDefault();
  });
}
