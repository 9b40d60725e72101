// What is typed into <form data-keep> with {% keep %} in it: sent to the server a few seconds later, and held in this browser
// until the server has it. When the form is opened again it is offered back.
(() => {
  "use strict";

  const PAUSE = 3000; // between typing and sending, in milliseconds
  const SOON = 300; // between typing and holding it in this browser
  const KEEPALIVE = 60_000; // bytes that browsers still send for a page that goes
  const CHARACTERS = 100_000; // as people/services/drafts.py
  const PREFIX = "typed:";
  const NOT_TYPED = new Set(["csrfmiddlewaretoken", "kept"]);
  const person = document.body.dataset.person;
  const states = new Map();

  // The form as [[field, value], ...], no longer than the server keeps it.
  const read = (form) => {
    let left = CHARACTERS;
    const pairs = [];
    for (const [name, value] of new FormData(form)) {
      if (NOT_TYPED.has(name) || typeof value !== "string") continue;
      const text = value.replaceAll("\r\n", "\n");
      if (left < name.length) break;
      left -= name.length;
      pairs.push([name, text.slice(0, left)]);
      left -= Math.min(left, text.length);
    }
    return pairs;
  };
  // A form that is shown again may have its fields in another order.
  const ordered = (pairs) => JSON.stringify([...(pairs ?? [])].sort());
  const same = (one, other) => ordered(one) === ordered(other);

  // In this browser. A full or forbidden store loses nothing that the server has.
  const place = (state) => `${PREFIX}${person}:${state.box.dataset.form}`;
  const store = (state, sent) => {
    const held = { at: Date.now(), opening: state.opening, pairs: read(state.form), sent };
    try {
      localStorage.setItem(place(state), JSON.stringify(held));
    } catch { /* full */ }
  };
  const recall = (state) => {
    try {
      return JSON.parse(localStorage.getItem(place(state)));
    } catch {
      return null;
    }
  };
  const forget = (state) => {
    try {
      localStorage.removeItem(place(state));
    } catch { /* forbidden */ }
  };

  const ask = async (state, said, options = {}) => {
    const { kept, csrfmiddlewaretoken } = state.form.elements;
    const body = new URLSearchParams({ kept: kept.value, ...said });
    const get = said === undefined;
    const address = get ? `${state.box.dataset.kept}?${body}` : state.box.dataset.kept;
    if (!get) body.set("csrfmiddlewaretoken", csrfmiddlewaretoken.value);
    const sent = get ? {} : { method: "POST", body, keepalive: `${body}`.length < KEEPALIVE };
    const answer = await fetch(address, { ...sent, ...options });
    if (!answer.ok || answer.redirected) throw new Error("not kept"); // the log-in, or none of our answers
    return answer.json();
  };

  const say = (state, ...names) => {
    const told = names.map((name) => state.box.dataset[name].replace("{time}", state.when)).join(" ");
    const said = state.box.querySelector("[data-kept-said]");
    if (said.textContent !== told) said.textContent = told;
  };

  const send = async (state) => {
    clearTimeout(state.timer);
    state.timer = null;
    if (!state.form.isConnected || state.busy) return state.busy && later(state);
    state.busy = new AbortController();
    const pairs = read(state.form);
    store(state, false);
    try {
      const answer = await ask(state, { typed: JSON.stringify(pairs) }, { signal: state.busy.signal });
      if (answer.closed || same(pairs, recall(state)?.pairs)) forget(state);
      if (answer.closed) return;
      state.when = answer.when;
      const others = answer.before && !state.known.has(answer.before) ? ["saidBefore"] : [];
      const cut = pairs.reduce((sum, [name, value]) => sum + name.length + value.length, 0) >= CHARACTERS;
      say(state, "saidKept", ...others, ...(answer.cut || cut ? ["saidCut"] : []));
    } catch (error) {
      if (error.name !== "AbortError") say(state, "saidHere");
    } finally {
      state.busy = null;
    }
  };
  const later = (state) => {
    state.timer ??= setTimeout(() => send(state), PAUSE);
    state.held ??= setTimeout(() => {
      state.held = null;
      if (state.timer && state.form.isConnected) store(state, false);
    }, SOON);
  };

  // Rows that a formset had more of are made first; every field that was not typed into is emptied.
  const fill = (form, pairs) => {
    const values = new Map();
    for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
    for (const [name, [total]] of values) {
      const field = name.endsWith("-TOTAL_FORMS") && form.elements[name];
      const add = form.querySelector("[data-add-source]");
      for (let more = field ? Math.min(total - field.value, 120) : 0; add && more > 0; more--) add.click();
      if (field) values.set(name, [field.value]);
    }
    for (const field of form.elements) {
      if (!field.name || NOT_TYPED.has(field.name) || field.matches("button, fieldset, [type=file], [type=submit]")) continue;
      const typed = values.get(field.name) ?? [];
      if (field.matches("[type=checkbox], [type=radio]")) field.checked = typed.includes(field.value);
      else if (field.matches("select[multiple]")) for (const one of field.options) one.selected = typed.includes(one.value);
      else field.value = typed.length > 1 ? typed.shift() : typed[0] ?? "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    for (const fold of form.querySelectorAll("details")) fold.open ||= [...fold.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => field.value);
    document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: form } })); // rows are put in their order again
  };

  const offer = (state, typed) => {
    const sheet = state.box.querySelector("[data-kept-offer]");
    const said = sheet.querySelector("[data-kept-when]");
    const words = typed.pairs.map(([, value]) => value).sort((one, other) => other.length - one.length)[0] ?? "";
    said.textContent = said.dataset.keptWhen.replace("{time}", typed.when);
    sheet.querySelector("[data-kept-words]").textContent = words.length > 200 ? `${words.slice(0, 200)}…` : words;
    sheet.hidden = false;
    const fold = sheet.closest("details");
    if (fold) fold.open = true;
    const field = () => state.form.querySelector("textarea, input:not([type=hidden]), select")?.focus();
    sheet.querySelector("[data-kept-back]").onclick = () => {
      sheet.hidden = true;
      fill(state.form, typed.pairs);
      send(state);
      field();
    };
    sheet.querySelector("[data-kept-away]").onclick = () => {
      sheet.hidden = true;
      forget(state);
      ask(state, { throw: "1" }).catch(() => {});
      field();
    };
  };

  const begin = async (form) => {
    const box = form.querySelector("[data-kept]");
    if (!box || !person || states.has(form)) return;
    const state = { form, box, opening: box.dataset.opening, known: new Set(), timer: null, held: null, busy: null, when: "" };
    states.set(form, state);
    let held = recall(state);
    const answer = await ask(state).catch(() => ({}));
    if (!form.isConnected || state.timer) return; // typed already: the newer text is kept
    if (held && answer.closed === held.opening) held = forget(state) ?? null;
    const kept = answer.draft;
    if (kept) state.known.add(kept.opening);
    const shown = read(form);
    if (held && same(held.pairs, shown)) return send(state); // it came back with what is wrong with it
    const newest = held && !(kept?.at > held.at) ? { ...held, when: clock(held.at) } : kept;
    if (newest && !same(newest.pairs, shown)) offer(state, newest);
  };
  const clock = (at) => {
    const when = new Date(at);
    const today = when.toDateString() === new Date().toDateString();
    return today ? when.toLocaleTimeString([], { timeStyle: "short" }) : when.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  };

  const stop = (form) => {
    const state = states.get(form);
    if (!state) return;
    clearTimeout(state.timer);
    state.timer = null;
    state.busy?.abort();
    store(state, true);
  };
  const flush = () => {
    for (const state of states.values()) {
      if (!state.timer) continue;
      store(state, false);
      send(state);
    }
  };
  const look = (root) => {
    for (const form of states.keys()) if (!form.isConnected) states.delete(form);
    for (const form of root.querySelectorAll("form[data-keep]")) begin(form);
  };

  document.addEventListener("input", (event) => {
    const state = states.get(event.target.form);
    if (state) later(state);
  });
  document.addEventListener("submit", (event) => {
    stop(event.target);
    if (!event.target.hasAttribute("data-forget-typed")) return;
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.detail.elt.form ?? event.detail.elt;
    if (states.has(form) && event.detail.pathInfo.requestPath === new URL(form.action).pathname) stop(form);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const state = states.get(event.detail.elt.form ?? event.detail.elt);
    if (state && !event.detail.successful) later(state);
  });
  document.addEventListener("visibilitychange", () => document.hidden && flush());
  window.addEventListener("pagehide", flush);
  document.addEventListener("htmx:load", () => look(document));
  look(document);
})();
