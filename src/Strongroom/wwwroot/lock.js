// The screen of a shared counter machine: locked by Alt + Shift + L, in all tabs at once, and by itself where the installation says so.
//   form[data-lock]           the header's form; data-lock-after="seconds" without touch or key
//   data-locked               stands on the page that a locked screen shows
// Without this script the button locks, and every other page is closed at its next request.
"use strict";

const form = document.querySelector("form[data-lock]");
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("strongroom-lock") : undefined;
const tell = what => tabs?.postMessage(what);

if (form) {
  tell("open");
  addEventListener("keydown", event => {
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || event.code !== "KeyL") return;
    event.preventDefault();
    form.requestSubmit();
  });
  const away = Number(form.dataset.lockAfter) * 1000;
  if (away > 0) {
    let timer, said = Date.now();
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => form.requestSubmit(), away);
    };
    const here = () => {
      wait();
      tell("here");
      // Who types for long sends nothing: the server hears of it once a minute.
      if (Date.now() - said < 60_000) return;
      said = Date.now();
      fetch("/still-here", { cache: "no-store" });
    };
    for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, here);
    tabs?.addEventListener("message", event => event.data === "here" && wait());
    wait();
  }
  tabs?.addEventListener("message", event => event.data === "locked" && location.reload());
} else if (document.querySelector("[data-locked]")) {
  tell("locked");
  tabs?.addEventListener("message", event => event.data === "open" && location.reload());
}

// A page that the browser kept for its back button is of before.
addEventListener("pageshow", event => event.persisted && location.reload());
