// Notes made for speed: Enter adds a note or a code without leaving the page, and says so. What was typed stays where
// it is until it is kept. Answers are coded in the same way. Without this script the same forms are sent, and the page comes back.
"use strict";
(() => {
  const main = document.querySelector("main");
  const said = document.getElementById("annuncio");
  const PARTS = ["elenco", "codifica", "accordo"];
  let sending = false;

  const by = (id) => document.getElementById(id);
  const say = (words) => { said.textContent = ""; setTimeout(() => { said.textContent = words; }, 50); };

  // The parts of the page that came back, in the place of those that are shown; a note half typed is not touched.
  function show(found, form) {
    for (const id of PARTS) {
      const part = found.getElementById(id);
      if (part && by(id)) by(id).replaceWith(part);
    }
    const criteria = found.getElementById("criteri");
    if (criteria) by("criteri").replaceWith(criteria);
    if (form.id === "nuova") {
      form.elements.key.value = found.querySelector("#nuova [name=key]").value;
      form.elements.text.value = "";
      form.elements.minute.value = "";
      form.elements.text.focus();
    } else if (by("criterio")) {
      by("criterio").focus();
    }
    const words = [...found.querySelectorAll(".notice[role=status]")].map((one) => one.textContent);
    const first = form.id === "nuova" && by("t-codifica") ? [by("t-codifica").textContent] : [];
    say([...words, ...first].join(" "));
  }

  async function send(form) {
    if (sending) return;
    sending = true;
    by("guasto").hidden = true;
    const reply = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
    const text = reply && (await reply.text().catch(() => null));
    sending = false;
    const found = new DOMParser().parseFromString(text || "", "text/html");
    if (text === null) by("guasto").hidden = false;
    else if (reply.ok && found.getElementById("annuncio")) show(found, form);
    else form.submit(); // an error, a session that has ended: that page says what to do, with what was typed
  }

  main.addEventListener("submit", (event) => {
    if (event.target.dataset.sent === undefined) return;
    event.preventDefault();
    send(event.target);
  });
  main.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const { id, form } = event.target;
    if (event.key === "Enter" && !event.shiftKey && (id === "testo" || id === "tipo")) {
      event.preventDefault();
      // With nothing typed, Enter goes on to the codes of the last note.
      if (id === "testo" && !event.target.value.trim() && by("criterio")) by("criterio").focus();
      else form.requestSubmit();
    }
    if (event.key === "Escape" && (id === "criterio" || id === "tipo") && by("testo")) by("testo").focus();
  });
})();
