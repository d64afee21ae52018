// A question of a draft is saved while it is written, and shown anew beside it. Without this script there is «Salva».
"use strict";
(() => {
  const form = document.getElementById("bozza");
  const told = document.getElementById("salvato");
  if (!form || !told) return;
  const WAIT = 1500;
  const fields = [...form.getElementsByTagName("textarea")];
  let timer, saving = false;

  // Words that the server does not have, also those written before this script was there.
  const changed = () => fields.some((field) => field.value !== field.defaultValue);
  // What the server says of the words, in place of what stood there; never the fields themselves.
  const show = (page) => {
    for (const place of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(place.id);
      if (fresh) place.replaceChildren(...fresh.childNodes);
    }
    for (const field of fields) field.defaultValue = page.getElementById(field.id).defaultValue;
    form.elements.revision.value = page.getElementById("revision").value;
  };
  const save = async () => {
    if (saving) return wait();
    saving = true;
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
    wait();
  });
  let sent = false;
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    sent = true;
  });
  if (changed()) wait();
  // Closed in mid-sentence.
  addEventListener("pagehide", () => {
    if (changed() && !sent) navigator.sendBeacon(form.action, new FormData(form));
  });
})();
