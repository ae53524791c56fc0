// Keeps the number beside "Notices" right while the page is open. The browser reconnects by itself; while it cannot, the number is marked as stale.
//   data-notices    the element that holds the number
// Without this script the link is there, with the number of when the page was made.
"use strict";

// Whoever sends a form is on the way to another page: nothing that happens meanwhile calls them back.
addEventListener("submit", event => {
  if (!event.defaultPrevented) document.documentElement.dataset.leaving = "";
});

const bell = document.querySelector("[data-notices]");

if (bell && window.EventSource) {
  const stream = new EventSource("/notices/stream");
  stream.addEventListener("unread", event => {
    const unread = Number.parseInt(event.data, 10);
    bell.textContent = unread > 0 ? String(unread) : "";
    bell.hidden = unread === 0;
    bell.removeAttribute("data-stale");
  });
  // The session is over or locked: what stands here is no longer for the eyes before it.
  stream.addEventListener("over", () => "leaving" in document.documentElement.dataset || location.reload());
  stream.addEventListener("error", () => bell.setAttribute("data-stale", ""));
  addEventListener("pagehide", () => stream.close());
}
