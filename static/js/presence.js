// Who else is in the file: asked only while the page is seen, and said again only when it changes. An ended session is said,
// and does not take away the page that somebody is typing in.
(() => {
  "use strict";

  let last = "";
  const mine = (event) => event.target.id === "presence";

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (mine(event) && document.hidden) event.preventDefault();
  });
  document.addEventListener(
    "htmx:beforeSwap",
    (event) => {
      if (!mine(event)) return;
      event.stopPropagation(); // desk.js would load the page anew
      const { xhr } = event.detail;
      const loggedOut = new URL(xhr.responseURL || location.href).pathname !== event.detail.requestConfig.path;
      if (loggedOut) {
        const said = document.createElement("p");
        said.className = "notice notice--warning";
        said.textContent = event.target.dataset.loggedOut;
        event.target.replaceChildren(said);
      }
      event.detail.shouldSwap = !loggedOut && xhr.status === 200 && (xhr.responseText !== last || event.target.childElementCount === 0);
      last = loggedOut ? "" : xhr.responseText;
    },
    true,
  );
  // A beat that failed is made up for by the next one.
  for (const problem of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(problem, (event) => mine(event) && event.stopPropagation(), true);
  }
})();
