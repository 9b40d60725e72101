// Select words of an article to enter them as a claim. Offsets are counted in characters, as the server counts them.
(() => {
  "use strict";

  const text = document.getElementById("article-text");
  const sheet = document.getElementById("by-hand");
  const offer = document.querySelector("[data-selected]");
  if (!text || !sheet || !offer) return;
  let chosen = null;

  const read = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    return { quote: range.toString(), near: [...before.toString()].length };
  };

  document.addEventListener("selectionchange", () => {
    const words = read();
    if (words) chosen = words;
    offer.hidden = !words;
  });

  offer.addEventListener("mousedown", (event) => event.preventDefault()); // or the selection goes before the click
  offer.addEventListener("click", () => {
    const form = sheet.querySelector("form");
    sheet.open = true;
    form.elements.quote.value = chosen.quote;
    form.elements.near.value = Number(form.dataset.offset) + chosen.near;
    form.elements.text.value = chosen.quote.replace(/\s+/g, " ").trim();
    offer.hidden = true;
    form.elements.text.focus();
  });
})();
