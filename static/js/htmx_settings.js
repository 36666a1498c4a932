// How our pages use htmx; it comes with htmx itself.
Object.assign(htmx.config, {
  history: false,
  defaultSettleDelay: 0,
  sse: { reconnectDelay: 300, reconnectMaxDelay: 1200, connectTimeout: 8000 },
});
