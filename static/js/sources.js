// Rows of sources that can be added, moved and removed. Without this script a save gives two more empty rows, and each
// row says its place and whether it goes.
(() => {
  "use strict";

  const rows = () => [...document.querySelectorAll("[data-source-row]")];
  const shown = () => rows().filter((row) => !row.hidden);
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);

  const renumber = () => {
    shown().forEach((row, index, all) => {
      row.querySelector("[data-source-number]").textContent = index + 1;
      field(row, "ORDER").value = index + 1;
      row.querySelector('[data-move="up"]').disabled = index === 0;
      row.querySelector('[data-move="down"]').disabled = index === all.length - 1;
    });
  };

  const isSpare = (row) => !row.querySelector("details").open && !field(row, "title").value && !field(row, "url").value;

  const begin = () => {
    const add = document.querySelector("[data-add-source]");
    if (!add) return;
    add.hidden = false;
    for (const part of document.querySelectorAll("[data-source-tools]")) part.hidden = false;
    for (const part of document.querySelectorAll("[data-source-plain]")) part.hidden = true;
    // What was marked to go goes out of sight too, and so does what nobody began to fill.
    for (const row of rows()) row.hidden = field(row, "DELETE").checked || isSpare(row);
    renumber();
  };

  const addRow = () => {
    const total = document.querySelector('[name="sources-TOTAL_FORMS"]');
    const template = document.querySelector("[data-source-template]");
    const row = template.content.firstElementChild.cloneNode(true);
    for (const element of [row, ...row.querySelectorAll("*")]) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replaceAll("__prefix__", total.value));
      }
    }
    total.value = Number(total.value) + 1;
    document.querySelector("[data-source-rows]").append(row);
    begin();
    field(row, "title").focus();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-source], [data-move], [data-remove]");
    if (!button) return;
    if (button.matches("[data-add-source]")) return addRow();
    const row = button.closest("[data-source-row]");
    const others = shown();
    const place = others.indexOf(row);
    if (button.dataset.move === "up") others[place - 1]?.before(row);
    if (button.dataset.move === "down") others[place + 1]?.after(row);
    if (button.matches("[data-remove]")) {
      field(row, "DELETE").checked = true;
      row.hidden = true;
      document.querySelector("[data-add-source]").focus();
    } else {
      button.focus();
    }
    renumber();
  });

  document.addEventListener("htmx:load", begin);
  begin();
})();
