// What several behaviours use. It comes first in the bundle, and makes all of it strict.
"use strict";
const fill = (pattern, values) => pattern.replace(/{(\w+)}/g, (_, name) => values[name]);

// The page is seen again, or the line is back.
function onReturn(act) {
  for (const name of ["visibilitychange", "pageshow", "online"]) {
    addEventListener(name, (event) => { if (!document.hidden && event.persisted !== false) act(); });
  }
}

// How long to wait before the next try, in milliseconds: longer each time, and not all at once.
const wait = (tries) => Math.min(8000, 1000 * 2 ** tries) * (0.5 + Math.random() / 2);

// A proxy or the Wi-Fi's own sign-in page may answer in the place of the server, or it is busy.
const isBusy = (status) => /^(408|42[59]|5(?!07))/.test(status);
const isOurs = (text, isMarked) => isMarked || /^\s*<[\w-]+ (id|hx-target)="/.test(text);
const problemIn = (text) => new DOMParser().parseFromString(text, "text/html").getElementById("problem")?.textContent.trim() ?? "";
