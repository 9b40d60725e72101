// What every desk page shares: menus that close, errors that get the focus, and telling what happened.
(() => {
  "use strict";

  const announce = (text) => {
    const region = document.getElementById("announce");
    if (region) region.textContent = text;
  };

  document.querySelector("[data-focus]")?.focus();

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest?.("details[open]") ?? document.querySelector("details[name][open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  // Where the server says no letters are left, so does the field while one types.
  const count = (field) => {
    const counter = document.querySelector(`[data-counter-for="${field.id}"]`);
    if (!counter) return;
    counter.hidden = false;
    const left = Number(counter.dataset.limit) - [...field.value].length;
    counter.textContent = left < 0 ? `${-left} ${counter.dataset.tooMany}` : `${left} ${counter.dataset.words}`;
  };
  const countAll = () => {
    for (const counter of document.querySelectorAll("[data-counter-for]")) {
      const field = document.getElementById(counter.dataset.counterFor);
      if (field) count(field);
    }
  };
  document.addEventListener("input", (event) => event.target.id && count(event.target));
  countAll();

  // A form that was changed and not sent: the browser asks before it is left.
  const typed = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keep]:not(:has([data-kept]))"); // those keep.js looks after
    if (form) typed.add(form);
  });
  document.addEventListener("submit", (event) => typed.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    if ([...typed].some((form) => form.isConnected)) event.preventDefault();
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    // A session that ended answers with the log-in page: that is a page of its own, not a part of this one.
    if (new URL(event.detail.xhr.responseURL || location.href).pathname.endsWith("/login/")) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.elt;
    countAll();
    // Who was quicker than the page, and is in a field already, stays there.
    if (!document.activeElement?.closest("input, select, textarea")) {
      document.querySelector("[data-focus-after-swap]")?.focus({ preventScroll: true });
    }
    target.querySelector?.("[data-focus]")?.focus();
    announce([...document.querySelectorAll("[data-announce]")].map((said) => said.textContent.trim()).join(" "));
  });

  for (const problem of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(problem, () => {
      const text = document.body.dataset.unreachable;
      announce(text);
      let said = document.getElementById("unreachable");
      if (!said) {
        said = document.createElement("p");
        said.id = "unreachable";
        said.className = "notice notice--warning unreachable";
        document.getElementById("content-start").prepend(said);
      }
      said.textContent = text;
    });
  }
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) document.getElementById("unreachable")?.remove();
  });
})();
