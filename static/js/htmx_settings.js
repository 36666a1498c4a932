// How our pages use htmx; it comes with htmx itself.
Object.assign(htmx.config, {
  history: false,
  defaultSettleDelay: 0,
  sse: { reconnectDelay: 300, reconnectMaxDelay: 1200, connectTimeout: 8000 },
});
// What is typed is saved before its page is left, and a save outlives the page that sent it.
for (const name of ["beforeunload", "visibilitychange"]) {
  addEventListener(name, () => {
    const { activeElement: field } = document, part = field?.closest("[hx-put]");
    if (part && field.value !== field.defaultValue) htmx.trigger(part, "leave");
  });
}
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => { ctx.request.keepalive = ctx.request.method === "PUT"; });
