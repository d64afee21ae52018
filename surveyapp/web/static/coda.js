/* An answer given without a line stays on this device and is sent once, in order, when the line is back.
   Without this script every page works as before. Why it works like this: docs/decisions, "An answer without a line". */
(() => {
  "use strict";
  const PATIENCE = 8000; // milliseconds after which a request counts as lost
  const AGAIN = 15000;
  const SLOWEST = 240000;
  const LONGEST = 7 * 86400000; // what could not be sent for so long is wiped
  const ENOUGH = 10; // questions at hand
  const me = document.currentScript;
  let store, session;
  try {
    [store, session] = [localStorage, sessionStorage];
  } catch (forbidden) {
    return;
  }
  if (!window.AbortController) return;

  const words = JSON.parse(me.dataset.words);
  const base = location.pathname.split("/", 3).join("/"); // /q/<key>
  const MINE = "coda:" + base;
  const LOAD = Math.random(); // tells this page's steps in the history from those of an earlier one
  const main = document.querySelector("main");
  const state = make("p", "", "state");
  const views = [{ path: location.pathname, title: document.title, nodes: document.createDocumentFragment() }];
  let here = 0;
  let later, goal, pressed, sending, flushing, unseen, warned;
  let pause = AGAIN;

  // The queue of a questionnaire: a list under its own name; nothing at all when it is empty.
  const queues = () => Object.keys(store).filter((name) => name.startsWith("coda:"));
  const drop = (name, id) => write(name, read(name).filter((one) => one.id !== id));
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
  function put(entry) { // an answer changed before it was sent keeps its place
    const list = read(MINE);
    const place = list.findIndex((one) => one.item === entry.item);
    list.splice(place < 0 ? list.length : place, 1, entry);
    write(MINE, list);
  }

  // The questions that come next: their words only, in this tab only, until a page without a question.
  function ahead() {
    const kept = JSON.parse(session.getItem("coda"));
    return kept && kept.base === base ? kept : { pages: [] };
  }
  const keepAhead = (run) => session.setItem("coda", JSON.stringify(Object.assign(run, { base })));
  const itemOf = (address) => address.replace(/^.*\/|\?.*$/g, "");
  const from = (run, item) => run.pages.slice(run.pages.findIndex((page) => page.item === item) + 1);
  async function lookAhead(item) {
    const run = ahead();
    const known = run.after === item || run.pages.some((page) => page.item === item);
    const left = from(run, item).length;
    if (known && (left >= ENOUGH || (left && !run.more))) return;
    try {
      const reply = await fetch(base + "/seguito?dopo=" + item, { credentials: "same-origin" });
      if (reply.ok) keepAhead(Object.assign(await reply.json(), { after: item }));
    } catch (noLine) { /* the next page tries again */ }
  }

  // What became of an answer: {go} saved, {stopped: line | busy | check} later, {gone} the address does not take it.
  async function send(entry) {
    if (!navigator.onLine) return { stopped: "line" }; // only a "no" can be believed
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const reply = await fetch(entry.url, {
        method: "POST", body: new URLSearchParams(entry.fields), signal: stop.signal,
        credentials: "same-origin", headers: { Accept: "application/json" },
      });
      if (reply.status >= 500 || reply.status === 429) return { stopped: "busy" };
      if (!reply.ok && reply.status !== 409 && reply.status !== 422) return { gone: true };
      const said = (reply.headers.get("Content-Type") || "").startsWith("application/json");
      return reply.ok && said ? await reply.json() : { stopped: "check" };
    } catch (lost) {
      return { stopped: "line" };
    } finally {
      clearTimeout(timer);
    }
  }
  async function drain(name) {
    const gone = [];
    for (let go; ;) {
      const entry = read(name).find((one) => !gone.some((other) => other.id === one.id));
      if (!entry) return { gone, go };
      const reply = await send(entry);
      if (reply.stopped) return { gone, go, entry, stopped: reply.stopped };
      if (reply.gone) gone.push(entry);
      else {
        go = reply.go;
        drop(name, entry.id);
        done(entry);
      }
    }
  }
  function done(entry) {
    const run = ahead();
    if (run.pages.some((page) => page.item === entry.item)) {
      keepAhead(Object.assign(run, { pages: run.pages.filter((page) => page.item !== entry.item) }));
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
  function settle({ gone, stopped, entry, go }) {
    if (stopped === "check" || (!stopped && gone.length)) { // to be seen, but never over a question half answered
      unseen = !views[here].waiting;
      if (unseen) say(words.to_see);
      else if (stopped) hand(entry);
      else tell(gone);
    } else if (stopped) {
      pause = stopped === "busy" ? Math.min(pause * 2, SLOWEST) : AGAIN;
      later = setTimeout(flush, pause);
      sayKept(stopped);
      if (views[here].loading) goOn(read(MINE).pop().item);
    } else if (views[here].waiting) location.replace(goal || go || base + "/");
    else say(words.all_saved);
  }

  // What stands on screen. Pages shown without a line are steps of the history, so that Back works.
  function say(text) {
    if (state.textContent !== text) state.textContent = text;
  }
  function sayKept(why) {
    const count = read(MINE).length;
    const kept = count > 1 ? words.kept_many.replace("{n}", count) : count ? words.kept_one : "";
    say((why === "busy" ? words.busy : words.no_line) + " " + kept);
  }
  function make(tag, text, className) {
    const one = document.createElement(tag);
    one.textContent = text;
    if (className) one.className = className;
    return one;
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
  function plain(heading, lines) {
    const nodes = document.createDocumentFragment();
    nodes.append(make("h1", heading), ...lines.split("\n").map((line) => make("p", line)));
    return { nodes, waiting: true, title: heading + " – " + document.title.split(" – ").pop() };
  }
  function wait() {
    const view = plain(words.waiting, read(MINE).length ? words.waiting_why : words.waiting_page);
    const back = make("a", words.back, "back");
    back.href = location.href;
    view.nodes.prepend(back);
    open(view, location.href);
  }
  function goOn(item) {
    const queued = read(MINE).map((one) => one.item);
    const next = from(ahead(), item).find((page) => !queued.includes(page.item));
    if (unseen || !next) return wait();
    const nodes = Object.assign(document.createElement("template"), { innerHTML: next.html }).content;
    const title = nodes.removeChild(nodes.querySelector("title")).textContent;
    open({ nodes, title }, next.url);
  }
  function hand(entry) { // the browser sends it, so that the server's own page says what is the matter
    try {
      put(Object.assign(entry, { shown: true })); // until that page is there
    } catch (full) { /* it goes all the same */ }
    const form = Object.assign(make("form", ""), { method: "post", action: entry.url, hidden: true });
    entry.fields.forEach(([name, value]) => form.append(Object.assign(make("input", ""), { type: "hidden", name, value })));
    document.body.append(form);
    form.submit();
  }
  function tell(entries) {
    if (views[here].told) return;
    const view = plain(words.lost, words.lost_why);
    const list = make("dl", "", "answers");
    entries.forEach((entry) => {
      const line = make("div", "");
      line.append(make("dt", entry.asked), make("dd", entry.said));
      list.append(line);
    });
    const wipe = make("button", words.forget, "button second");
    wipe.addEventListener("click", () => {
      write(MINE, []);
      location.replace(base + "/");
    });
    view.nodes.append(list, wipe);
    say("");
    open(Object.assign(view, { told: true }));
  }

  // A question is answered.
  function entryOf(form, button) {
    const fields = Array.from(new FormData(form));
    if (button && button.name) fields.push([button.name, button.value]);
    const chosen = Array.from(form.querySelectorAll("input:checked"), (one) => one.parentNode.textContent.trim());
    const written = fields.filter(([name]) => name === "answer").map(([, value]) => value);
    const said = button && button.name ? words.skipped : (chosen.length ? chosen : written).join(", ");
    const url = form.getAttribute("action");
    const asked = form.querySelector("h1").textContent;
    return { id: Math.random(), at: Date.now(), item: itemOf(url), url, fields, asked, said: said || words.skipped };
  }
  // The first time that nothing is chosen, or a written answer is skipped: the server's words, without the server.
  function isAskedAgain(form, { fields }) {
    const has = (wanted) => fields.some(([name, value]) => name === wanted && value.trim());
    const skip = has("salta");
    const text = skip ? has("answer") && form.dataset.typed : !has("answer") && !has("reason") && form.dataset.empty;
    if (!text || has("again")) return false;
    const group = form.querySelector("fieldset") || form.querySelector("#a1");
    const message = make("p", text, "error");
    message.id = "errore";
    message.prepend(make("span", words.error, "hidden"));
    form.querySelector("legend, h1").after(message);
    group.setAttribute("aria-describedby", ("errore " + (group.getAttribute("aria-describedby") || "")).trim());
    const link = Object.assign(make("a", text), { href: "#a1" });
    const summary = make("div", "", "errors");
    const line = make("p", "");
    line.append(link);
    summary.append(make("h2", skip ? words.to_check : words.missing), line);
    summary.setAttribute("role", "alert");
    summary.tabIndex = -1;
    form.before(summary);
    form.append(Object.assign(make("input", ""), { type: "hidden", name: "again", value: "1" }));
    views[here].title = document.title = words.error + document.title;
    summary.focus();
    return true;
  }
  function keep(form, entry, why) {
    if (isAskedAgain(form, entry)) return say(words.no_line);
    try {
      put(entry);
    } catch (full) {
      return say(words.no_line + " " + words.not_kept);
    }
    sayKept(why);
    goOn(entry.item);
    flush();
  }
  async function answer(form, button) {
    const entry = entryOf(form, button);
    if (read(MINE).length) return keep(form, entry);
    if (sending) return;
    sending = true;
    const slow = setTimeout(say, 1000, words.sending);
    const reply = await send(entry);
    clearTimeout(slow);
    if (reply.go) {
      done(entry);
      setTimeout(() => (sending = false), PATIENCE); // if the next page never comes
      return location.assign(reply.go);
    }
    sending = false;
    if (reply.stopped === "check") hand(entry);
    else if (reply.stopped) keep(form, entry, reply.stopped);
    else {
      put(entry);
      tell([entry]);
    }
  }
  async function finish(form) { // the next person must not find, nor send, what this one answered
    const left = [];
    let stopped = !navigator.onLine;
    for (const name of stopped ? [] : queues()) {
      const found = await drain(name);
      stopped = stopped || found.stopped === "line" || found.stopped === "busy";
    }
    queues().forEach((name) => left.push(...read(name)));
    if (left.length && (stopped || !warned)) {
      warned = !stopped;
      return say((stopped ? words.finish_waits : words.finish_loses).replace("{n}", left.length));
    }
    queues().forEach((name) => store.removeItem(name));
    session.removeItem("coda");
    form.submit();
  }

  addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter || pressed;
    const isFinish = form.id === "finisci" && queues().length;
    const isLast = form.getAttribute("action").endsWith("/invia") && read(MINE).length;
    if (form.id !== "domanda" && !isFinish && !isLast) return;
    event.preventDefault();
    if (isFinish) finish(form);
    else if (isLast) {
      wait();
      flush();
    } else answer(form, button);
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
  addEventListener("popstate", (event) => {
    const step = event.state;
    if (!step && views[here].path === location.pathname) return; // a link within the page
    const to = step ? (step.load === LOAD ? step.view : -1) : views.findIndex((view) => view.path === location.pathname);
    if (to === here) return;
    if (views[to]) turn(to);
    else location.reload();
  });
  const wake = () => (read(MINE).length || goal) && flush();
  ["online", "focus", "pageshow"].forEach((name) => addEventListener(name, wake));

  // A page opens.
  state.setAttribute("role", "status");
  document.querySelector(".one > header").append(state);
  const form = document.getElementById("domanda");
  const posted = me.hasAttribute("data-posted");
  if (!form) session.removeItem("coda");
  if (posted) write(MINE, read(MINE).filter((one) => !one.shown || one.item !== itemOf(location.pathname)));
  queues().forEach((name) => {
    write(name, read(name));
    if (name !== MINE) drain(name); // another person's on this device: sent, never shown
  });
  if (!read(MINE).length) {
    if (form) addEventListener("load", () => lookAhead(itemOf(form.getAttribute("action"))));
  } else {
    if (!posted) open(Object.assign(plain(words.going, words.going_why), { loading: true }));
    flush();
  }
})();
