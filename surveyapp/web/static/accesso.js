// Before a staff session ends: says so, and one press makes it last. Without this script it ends as it did, and what
// was being written comes back after signing in again.
"use strict";
(() => {
  const note = document.getElementById("scadenza");
  if (!note) return;
  const WARNING = 3 * 60 * 1000;
  const [text] = note.getElementsByTagName("p");
  const [button] = note.getElementsByTagName("button");
  let timer;

  const ask = () => { note.hidden = false; };
  const wait = (seconds) => {
    clearTimeout(timer);
    note.hidden = true;
    timer = setTimeout(ask, Math.max(0, seconds * 1000 - WARNING));
  };
  const stay = async () => {
    const reply = await fetch(note.dataset.stay, { cache: "no-store", redirect: "manual" }).catch(() => null);
    if (reply && reply.ok) {
      wait(Number(await reply.text()));
    } else {
      text.textContent = reply ? note.dataset.ended : note.dataset.failed;
      button.hidden = Boolean(reply);
    }
  };
  button.addEventListener("click", stay);
  wait(Number(note.dataset.seconds));
})();
