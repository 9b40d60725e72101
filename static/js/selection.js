// Select words of an article to enter them as a claim. Offsets are counted in characters, as the server counts them.
(() => {
  "use strict";

  let chosen = null;
  const offer = () => document.querySelector("[data-selected]"); // asked for each time: htmx may have brought a new one

  const read = () => {
    const text = document.getElementById("article-text");
    const selection = getSelection();
    if (!text || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    return { quote: range.toString(), near: [...before.toString()].length };
  };

  document.addEventListener("selectionchange", () => {
    if (!offer()) return;
    const words = read();
    if (words) chosen = words;
    offer().hidden = !words;
  });

  // or the selection goes before the click
  document.addEventListener("mousedown", (event) => event.target.closest("[data-selected]") && event.preventDefault());
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-selected]") || !chosen) return;
    const sheet = document.getElementById("by-hand");
    const form = sheet.querySelector("form");
    sheet.open = true;
    form.elements.quote.value = chosen.quote;
    form.elements.near.value = Number(form.dataset.offset) + chosen.near;
    form.elements.text.value = chosen.quote.replace(/\s+/g, " ").trim();
    offer().hidden = true;
    form.elements.text.focus();
  });
})();
