// A tablet that several people use. Without this script the server closes what was left alone at the next page;
// with it the screen itself is closed, and touching it counts as using it.
"use strict";
(() => {
  const IDLE = 10 * 60 * 1000;
  const NOTE = 60 * 1000;
  let used = Date.now();
  let noted = used;

  // Asks for this page again: the server shows the closed page instead. The address without its fragment, because
  // with one the browser would only scroll.
  const ask = () => window.location.replace(window.location.pathname + window.location.search);

  const use = () => {
    used = Date.now();
    if (used - noted > NOTE) {
      noted = used;
      fetch(window.location.pathname, { method: "HEAD", cache: "no-store" }).catch(() => {});
    }
  };
  for (const kind of ["pointerdown", "keydown", "input"]) document.addEventListener(kind, use);
  setInterval(() => { if (Date.now() - used > IDLE) ask(); }, 5000);
  // A browser may keep the page as it is for Back, `no-store` or not: it keeps it empty, and asks for it again.
  window.addEventListener("pagehide", () => { document.body.hidden = true; });
  window.addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
})();
