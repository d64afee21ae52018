// «Ascolta» and «Ferma»: the question and its choices read aloud. It plays the recording where there is one,
// else a voice of this device; the button is there only if one of the two is. What the person has chosen or
// written is never read. Words of the person's own (data-own) go to a voice that stays on the device.
(() => {
  const place = document.getElementById("ascolta");
  const form = document.getElementById("domanda");
  if (!place || !form) return;
  const speech = window.speechSynthesis;
  const audio = place.querySelector("audio");
  const source = audio && audio.querySelector("source");
  let recorded = !!source && audio.canPlayType(source.type) !== "";
  if (recorded) audio.src = source.src; // else a sound that is gone would be waited for, without an error
  let button;
  let turn = 0; // what was stopped may still say that it has ended
  let said = []; // kept: Chromium forgets to say that a voice has ended when nobody holds its words

  const voice = () => {
    const italian = speech ? speech.getVoices().filter((one) => /^it([-_]|$)/i.test(one.lang)) : [];
    return italian.find((one) => one.localService) || ("own" in place.dataset ? undefined : italian[0]);
  };
  const words = (one) => one.textContent.trim().replace(/\s+/g, " ");
  const choice = (one) => [...one.querySelectorAll("span")].map(words).filter(Boolean).join(", ");
  const pieces = () =>
    [...form.querySelectorAll("h1, #guida, .choice")].map((one) =>
      one.matches(".choice") ? choice(one) : words(one)
    );

  const show = (on) => {
    // The words of the button change, so it has no aria-pressed: screen readers would say both.
    button.textContent = on ? "Ferma" : "Ascolta";
    button.classList.toggle("on", on);
  };
  const stop = () => {
    turn += 1;
    if (audio) audio.pause();
    if (speech) speech.cancel();
    if (button) show(false);
  };
  const speak = (mine) => {
    const chosen = voice();
    if (!chosen) return stop();
    const ended = () => mine === turn && stop();
    said = pieces().map((text) => {
      const one = new SpeechSynthesisUtterance(text);
      Object.assign(one, { voice: chosen, lang: "it-IT", rate: 0.9, onerror: ended });
      return one;
    });
    said[said.length - 1].onend = ended;
    said.forEach((one) => speech.speak(one));
  };
  const play = (mine) => {
    audio.onended = () => mine === turn && stop();
    audio.currentTime = 0;
    audio.play().catch(() => {
      if (mine !== turn) return; // it was stopped
      recorded = false; // it cannot be had: the voice, from now on
      speak(mine);
    });
  };
  const start = () => {
    stop();
    show(true);
    if (!form.elements.aloud) {
      const heard = Object.assign(document.createElement("input"), { type: "hidden", name: "aloud", value: "1" });
      form.append(heard);
    }
    (recorded ? play : speak)(turn);
  };

  const offer = () => {
    if (button || !(recorded || voice())) return;
    button = Object.assign(document.createElement("button"), { type: "button", className: "button second" });
    show(false);
    button.onclick = () => (button.classList.contains("on") ? stop() : start());
    place.append(button);
  };
  place.replaceChildren(); // the player is for who has no script
  offer();
  if (speech) speech.onvoiceschanged = offer; // voices are often known only after the page
  form.addEventListener("submit", stop);
  window.addEventListener("pagehide", stop);
})();
