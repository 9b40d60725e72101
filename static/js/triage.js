// Triage: the hold on the candidate is renewed while somebody looks; the article stands at the quote; boxes are counted.
(() => {
  "use strict";

  const RENEW_EVERY = 60_000;
  const AWAY_AFTER = 5 * 60_000; // without a key or a movement nobody is taken to be looking
  let seen = Date.now();
  const hold = () => document.querySelector("[data-hold]");
  const renew = () => hold() && htmx.trigger(hold(), "renew");

  for (const sign of ["keydown", "pointermove", "pointerdown", "scroll"]) {
    document.addEventListener(sign, () => { seen = Date.now(); }, { passive: true });
  }
  setInterval(() => {
    if (document.visibilityState === "visible" && Date.now() - seen < AWAY_AFTER) renew();
  }, RENEW_EVERY);
  window.addEventListener("pageshow", () => setTimeout(renew, 500)); // loaded anew: the page before let go of it
  window.addEventListener("pagehide", () => {
    const form = hold();
    if (form) navigator.sendBeacon(form.dataset.leave, new FormData(form));
  });

  const toQuote = () => {
    const quote = document.querySelector("[data-current]");
    const text = quote?.closest(".article-text");
    if (text) text.scrollTop = quote.offsetTop - text.offsetTop - text.clientHeight / 3;
  };
  document.addEventListener("htmx:afterSettle", toQuote);
  toQuote();

  const all = document.querySelector("[data-choose-all]");
  if (!all) return;
  const boxes = [...document.querySelectorAll("input[name=claim]:not(:disabled)")];
  const said = all.querySelector("[data-chosen]");
  const count = () => { said.textContent = `${boxes.filter((box) => box.checked).length} ${said.dataset.words}`; };
  all.hidden = false;
  all.querySelector("input").addEventListener("change", (event) => {
    for (const box of boxes) box.checked = event.target.checked;
    count();
  });
  for (const box of boxes) box.addEventListener("change", count);
  count();
})();
