// While somebody types "@ro" in <textarea data-mentions>: the people whose names begin so, as buttons below it. Arrow down
// goes there, Enter takes one, Escape goes back. The names are those listed on the page.
(() => {
  "use strict";

  const AT_MOST = 6;
  const BEGUN = /(?:^|[^\w@.+-])@([\p{L}\p{N}_.+-]*)$/u;
  const people = [...document.querySelectorAll("[data-people] [data-username]")].map((one) => ({
    username: one.dataset.username,
    name: one.dataset.name,
    starts: `${one.dataset.username} ${one.dataset.name}`.toLocaleLowerCase().split(/\s+/),
  }));
  const sheetOf = (field) => field.closest("form").querySelector("[data-callees]");

  const close = (field) => {
    const sheet = sheetOf(field);
    sheet.hidden = true;
    sheet.replaceChildren();
  };

  const take = (field, username) => {
    const before = field.value.slice(0, field.selectionStart).replace(/[^\s@]*$/, `${username} `);
    field.setRangeText(before, 0, field.selectionStart, "end");
    close(field);
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const suggest = (field) => {
    const begun = field.value.slice(0, field.selectionStart).match(BEGUN)?.[1].toLocaleLowerCase();
    const found = begun === undefined ? [] : people.filter((one) => one.starts.some((word) => word.startsWith(begun)));
    const sheet = sheetOf(field);
    sheet.replaceChildren(
      ...found.slice(0, AT_MOST).map((one) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button button--quiet button--small";
        button.textContent = `@${one.username} ${one.name}`;
        button.addEventListener("click", () => take(field, one.username));
        return button;
      }),
    );
    sheet.hidden = found.length === 0;
    const said = found.length ? sheet.dataset.said.replace("{n}", Math.min(found.length, AT_MOST)) : "";
    const region = document.getElementById("announce");
    if (region && region.textContent !== said) region.textContent = said;
  };

  document.addEventListener("input", (event) => event.target.matches("[data-mentions]") && suggest(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("[data-mentions]")) {
      const sheet = sheetOf(event.target);
      if (sheet.hidden) return;
      if (event.key === "ArrowDown") sheet.firstElementChild.focus();
      else if (event.key === "Escape") close(event.target);
      else return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const sheet = event.target.closest("[data-callees]");
    if (!sheet) return;
    const field = sheet.closest("form").querySelector("[data-mentions]");
    const { nextElementSibling: next, previousElementSibling: previous } = event.target;
    if (event.key === "ArrowDown" || event.key === "ArrowRight") next?.focus();
    else if (event.key === "ArrowUp" || event.key === "ArrowLeft") (previous ?? field).focus();
    else if (event.key === "Escape") (close(field), field.focus());
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
})();
