// A question of a draft is saved while it is written, and shown anew beside it. Without this script there is «Salva».
"use strict";
(() => {
  const form = document.getElementById("bozza");
  const told = document.getElementById("salvato");
  if (!form || !told) return;
  const WAIT = 1500;
  let timer, changed = false, saving = false;

  // What the server says of the words, in place of what stood there; never the fields themselves.
  const show = (page) => {
    for (const place of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(place.id);
      if (fresh) place.replaceChildren(...fresh.childNodes);
    }
    form.elements.revision.value = page.getElementById("revision").value;
  };
  const save = async () => {
    if (saving) return wait();
    saving = true;
    changed = false;
    told.textContent = form.dataset.saving;
    try {
      const reply = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (!reply.ok) throw new Error(String(reply.status));
      show(new DOMParser().parseFromString(await reply.text(), "text/html"));
      told.textContent = form.dataset.saved;
    } catch {
      told.textContent = form.dataset.failed;
    }
    saving = false;
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  };
  form.addEventListener("input", (event) => {
    if (event.target.nodeName !== "TEXTAREA") return;
    changed = true;
    wait();
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    changed = false;
  });
  // Closed in mid-sentence.
  addEventListener("pagehide", () => {
    if (changed) navigator.sendBeacon(form.action, new FormData(form));
  });
})();
