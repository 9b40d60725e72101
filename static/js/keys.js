// One key for each button that says so: <button data-key="s">. Several keys are set apart by spaces.
(() => {
  "use strict";

  const types = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      const save = document.querySelector("[data-save]");
      if (!save) return;
      event.preventDefault();
      save.click();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || types(event.target)) return;
    if (document.querySelector(".htmx-request:not([data-behind])")) return; // the next one is on its way: nobody decides on what they have not seen
    const key = CSS.escape(event.key.toLowerCase());
    const button = [...document.querySelectorAll(`[data-key~="${key}"]`)].find((one) => one.checkVisibility());
    if (!button) return;
    event.preventDefault();
    button.click();
    button.parentElement.querySelector("textarea, select")?.focus();
  });
})();
