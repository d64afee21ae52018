/* An answer given without a line stays on this device and is sent once, in order, when the line is back.
   Without this script every page works as before. Why it works like this: docs/decisions, "Answers without a line". */
(() => {
  "use strict";
  const PATIENCE = 8000; // milliseconds after which a request counts as lost
  const AGAIN = 15000;
  const SLOWEST = 240000;
  const LONGEST = 7 * 86400000; // what could not be sent for so long is wiped
  const ENOUGH = 10; // questions at hand
  const { dataset } = document.currentScript;
  let store, session;
  try {
    [store, session] = [localStorage, sessionStorage];
  } catch (forbidden) {
    return;
  }
  if (!window.AbortController) return;

  const words = JSON.parse(dataset.words);
  const base = location.pathname.split("/", 3).join("/"); // /q/<key>
  const MINE = "coda:" + base;
  const LOAD = Math.random(); // tells this page's steps in the history from those of an earlier one
  const main = document.querySelector("main");
  const state = make("p", { className: "state" });
  const views = [{ path: location.pathname, title: document.title, nodes: document.createDocumentFragment() }];
  let here = 0;
  let pause = AGAIN;
  let later, goal, pressed, sending, flushing, finishing, unseen, warned;

  // The queue of a questionnaire is a list under its own name; nothing at all when it is empty.
  const queues = () => Object.keys(store).filter((name) => name.startsWith("coda:"));
  function read(name) {
    try {
      return JSON.parse(store.getItem(name)).filter((one) => Date.now() - one.at < LONGEST);
    } catch (nothing) {
      return [];
    }
  }
  function write(name, list) {
    if (list.length) store.setItem(name, JSON.stringify(list));
    else store.removeItem(name);
  }
  function put(entry) { // whether there is room; an answer changed before it was sent keeps its place
    const list = read(MINE);
    const place = list.findIndex((one) => one.item === entry.item);
    list.splice(place < 0 ? list.length : place, 1, entry);
    try {
      write(MINE, list);
      return true;
    } catch (full) {
      return false;
    }
  }

  // The questions that come next: their words only, in this tab only, until a page without a question.
  const itemOf = (address) => address.replace(/^.*\/|\?.*$/g, "");
  const from = (run, item) => run.pages.slice(run.pages.findIndex((page) => page.item === item) + 1);
  const keepAhead = (run) => session.setItem("coda", JSON.stringify(Object.assign(run, { base })));
  function ahead() {
    const run = JSON.parse(session.getItem("coda"));
    return run && run.base === base ? run : { pages: [] };
  }
  async function lookAhead(item) {
    const run = ahead();
    const left = from(run, item).length;
    const known = run.after === item || run.pages.some((page) => page.item === item);
    if (known && (left >= ENOUGH || (left && !run.more))) return;
    try {
      const reply = await fetch(base + "/seguito?dopo=" + item, { credentials: "same-origin" });
      if (reply.ok) keepAhead(Object.assign(await reply.json(), { after: item }));
    } catch (noLine) { /* the next page tries again */ }
  }
  function saved(name, entry) {
    write(name, read(name).filter((one) => one.id !== entry.id));
    if (name !== MINE) return;
    const run = ahead();
    const pages = run.pages.filter((page) => page.item !== entry.item);
    if (pages.length < run.pages.length) keepAhead(Object.assign(run, { pages }));
  }

  // What became of an answer: {go} it is saved; {stopped} there is no line, the server is busy,
  // its page must be seen (check), or nobody takes it at this address (gone). Then the others wait: the order is kept.
  const sentOf = ({ fields, at }) => [...fields, ["waited", Math.max(0, Math.round((Date.now() - at) / 1000))]];
  async function send(entry) {
    if (!navigator.onLine) return { stopped: "line" }; // only a "no" can be believed
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const reply = await fetch(entry.url, {
        method: "POST", body: new URLSearchParams(sentOf(entry)), signal: stop.signal,
        credentials: "same-origin", headers: { Accept: "application/json" },
      });
      if (reply.status >= 500 || reply.status === 429) return { stopped: "busy" };
      if (!reply.ok && reply.status !== 409 && reply.status !== 422) return { stopped: "gone" };
      const said = (reply.headers.get("Content-Type") || "").startsWith("application/json");
      return reply.ok && said ? await reply.json() : { stopped: "check" };
    } catch (lost) {
      return { stopped: "line" };
    } finally {
      clearTimeout(timer);
    }
  }
  async function drain(name) {
    for (let go; ;) {
      const [entry] = read(name);
      if (!entry) return { go };
      const reply = await send(entry);
      if (reply.stopped) return Object.assign(reply, { entry });
      saved(name, entry);
      go = reply.go;
    }
  }
  async function flush() {
    clearTimeout(later);
    if (flushing) return;
    flushing = true;
    const found = navigator.onLine ? await drain(MINE) : { stopped: "line" };
    flushing = false;
    settle(found);
  }
  const late = (stopped) => stopped === "line" || stopped === "busy";
  function settle({ stopped, entry, go }) {
    const { waiting, loading } = views[here];
    if (late(stopped)) {
      pause = stopped === "busy" ? Math.min(pause * 2, SLOWEST) : AGAIN;
      later = setTimeout(flush, pause);
      sayKept(stopped);
      if (loading) goOn(read(MINE).pop().item);
    } else if (stopped) { // to be seen, but never over a question half answered
      unseen = !waiting;
      if (unseen) say(words.to_see);
      else if (stopped === "check") hand(entry);
      else tell();
    } else if (waiting) location.replace(goal || go || base + "/");
    else say(words.all_saved);
  }

  // What stands on screen. Pages shown without a line are steps of the history, so that Back works.
  function make(tag, properties, ...inside) {
    const one = Object.assign(document.createElement(tag), properties);
    one.append(...inside);
    return one;
  }
  function say(text) {
    if (state.textContent !== text) state.textContent = text;
  }
  function sayKept(why) {
    const count = read(MINE).length;
    const kept = count > 1 ? words.kept_many.replace("{n}", count) : count ? words.kept_one : "";
    say((why === "busy" ? words.busy : words.no_line) + " " + kept);
  }
  function open(view, address) {
    if (address) {
      history.replaceState({ load: LOAD, view: here }, "");
      history.pushState({ load: LOAD, view: here + 1 }, "", address);
    }
    views.splice(here + 1, views.length, Object.assign(view, { path: location.pathname }));
    turn(here + 1);
  }
  function turn(to) {
    views[here].nodes.append(...main.childNodes);
    main.append(views[to].nodes);
    here = to;
    if (!views[here].waiting) goal = "";
    document.title = views[here].title;
    scrollTo(0, 0);
    const heading = main.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus();
    document.dispatchEvent(new Event("coda:page")); // for other scripts
  }
  function plain(heading, text, ...more) {
    const nodes = document.createDocumentFragment();
    nodes.append(make("h1", {}, heading), ...text.split("\n").map((line) => make("p", {}, line)), ...more);
    return { nodes, waiting: true, title: heading + " – " + document.title.split(" – ").pop() };
  }
  function wait() {
    const view = plain(words.waiting, read(MINE).length ? words.waiting_why : words.waiting_page);
    view.nodes.prepend(make("a", { className: "back", href: location.href }, words.back));
    open(view, location.href);
  }
  function goOn(item) {
    const queued = read(MINE).map((one) => one.item);
    const next = from(ahead(), item).find((page) => !queued.includes(page.item));
    if (unseen || !next) return wait();
    const nodes = make("template", { innerHTML: next.html }).content;
    const title = nodes.removeChild(nodes.querySelector("title")).textContent;
    open({ nodes, title }, next.url);
  }
  function hand(entry) { // the browser sends it, so that the server's own page says what is the matter
    put(Object.assign(entry, { shown: true })); // until that page is there
    const fields = sentOf(entry).map(([name, value]) => make("input", { type: "hidden", name, value }));
    const form = make("form", { method: "post", action: entry.url, hidden: true }, ...fields);
    document.body.append(form);
    form.submit();
  }
  function tell() {
    if (views[here].told) return;
    const lines = read(MINE).map((one) => make("div", {}, make("dt", {}, one.asked), make("dd", {}, one.said)));
    const wipe = make("button", { className: "button second" }, words.forget);
    wipe.addEventListener("click", () => {
      write(MINE, []);
      location.replace(base + "/");
    });
    say("");
    const view = plain(words.lost, words.lost_why, make("dl", { className: "answers" }, ...lines), wipe);
    open(Object.assign(view, { told: true }));
  }

  // A question is answered.
  function entryOf(form, button) {
    const fields = Array.from(new FormData(form));
    if (button && button.name) fields.push([button.name, button.value]);
    const chosen = Array.from(form.querySelectorAll("input:checked"), (one) => one.parentNode.textContent.trim());
    const written = fields.filter(([name]) => name === "answer").map(([, value]) => value);
    const said = button && button.name ? "" : (chosen.length ? chosen : written).join(", ");
    const url = form.getAttribute("action");
    const asked = form.querySelector("h1").textContent;
    return { id: Math.random(), at: Date.now(), item: itemOf(url), url, fields, asked, said: said || words.skipped };
  }
  // The first time that nothing is chosen, or something written is skipped: the server's words, without the server.
  function isAskedAgain(form, { fields }) {
    const has = (wanted) => fields.some(([name, value]) => name === wanted && value.trim());
    const skip = has("salta");
    const text = skip ? has("answer") && form.dataset.typed : !has("answer") && !has("reason") && form.dataset.empty;
    if (!text || has("again")) return false;
    const prefix = make("span", { className: "hidden" }, words.error);
    const message = make("p", { className: "error", id: "errore" }, prefix, text);
    form.querySelector("legend, h1").after(message);
    const group = form.querySelector("fieldset, #a1");
    const described = group.getAttribute("aria-describedby");
    group.setAttribute("aria-describedby", described ? "errore " + described : "errore");
    const link = make("a", { href: "#a1" }, text);
    const heading = make("h2", {}, skip ? words.to_check : words.missing);
    const summary = make("div", { className: "errors", tabIndex: -1 }, heading, make("p", {}, link));
    summary.setAttribute("role", "alert");
    form.before(summary);
    form.append(make("input", { type: "hidden", name: "again", value: "1" }));
    views[here].title = document.title = words.error + document.title;
    summary.focus();
    return true;
  }
  function keep(form, entry, why) {
    if (isAskedAgain(form, entry)) return say(words.no_line);
    if (!put(entry)) return say(words.no_line + " " + words.not_kept);
    sayKept(why);
    goOn(entry.item);
    flush();
  }
  async function answer(form, button) {
    const entry = entryOf(form, button);
    if (read(MINE).length) return keep(form, entry);
    if (sending) return; // a second click
    sending = true;
    const slow = setTimeout(say, 1000, words.sending);
    const reply = await send(entry);
    clearTimeout(slow);
    if (reply.go) {
      saved(MINE, entry);
      setTimeout(() => (sending = false), PATIENCE); // if the next page never comes
      return location.assign(reply.go);
    }
    sending = false;
    if (late(reply.stopped)) keep(form, entry, reply.stopped);
    else if (reply.stopped === "gone" && put(entry)) tell();
    else hand(entry);
  }
  async function finish(form) { // the next person must neither find nor send what this one answered
    if (finishing) return;
    finishing = true;
    let stopped = !navigator.onLine;
    for (const name of stopped ? [] : queues()) {
      const found = await drain(name);
      stopped = stopped || late(found.stopped);
    }
    const left = queues().reduce((count, name) => count + read(name).length, 0);
    if (left && (stopped || !warned)) {
      warned = !stopped;
      finishing = false;
      return say((stopped ? words.finish_waits : words.finish_loses).replace("{n}", left));
    }
    queues().forEach((name) => store.removeItem(name));
    session.removeItem("coda");
    form.submit();
  }

  addEventListener("submit", (event) => {
    const form = event.target;
    const isLast = form.getAttribute("action").endsWith("/invia") && read(MINE).length;
    const isFinish = form.id === "finisci";
    if (form.id !== "domanda" && !isFinish && !isLast) return;
    event.preventDefault();
    if (isFinish) finish(form);
    else if (isLast) {
      wait();
      flush();
    } else answer(form, event.submitter || pressed);
  });
  addEventListener("click", (event) => {
    pressed = event.target.closest("button");
    const link = event.target.closest("a[href]");
    if (!link || link.getAttribute("href")[0] === "#" || event.ctrlKey || event.metaKey) return;
    if (navigator.onLine && !read(MINE).length) return;
    event.preventDefault(); // the page that it leads to would not open
    if (here && link.className === "back") return history.back();
    if (!views[here].waiting) wait();
    goal = link.href;
    flush();
  });
  addEventListener("popstate", ({ state: step }) => {
    if (!step && views[here].path === location.pathname) return; // a link within the page
    const same = (view) => view.path === location.pathname;
    const to = !step ? views.findIndex(same) : step.load === LOAD ? step.view : -1;
    if (to === here) return;
    if (views[to]) turn(to);
    else location.reload();
  });
  ["online", "focus", "pageshow"].forEach((name) =>
    addEventListener(name, () => (read(MINE).length || goal) && flush())
  );

  // A page opens.
  state.setAttribute("role", "status");
  document.querySelector(".one > header").append(state);
  const form = document.getElementById("domanda");
  const posted = "posted" in dataset;
  if (!form) session.removeItem("coda");
  if (posted) write(MINE, read(MINE).filter((one) => !one.shown || one.item !== itemOf(location.pathname)));
  queues().forEach((name) => {
    write(name, read(name));
    if (name !== MINE) drain(name); // of another questionnaire on this device: sent, never shown
  });
  if (!read(MINE).length) {
    if (form) addEventListener("load", () => lookAhead(itemOf(form.getAttribute("action"))));
  } else {
    if (!posted) open(Object.assign(plain(words.going, words.going_why), { loading: true }));
    flush();
  }
})();
