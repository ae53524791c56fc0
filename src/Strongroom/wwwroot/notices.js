// Keeps the numbers beside "Notices" and "Approvals" right while the page is open. The browser reconnects by itself; while it cannot, they are marked as stale.
//   data-notices     the element that holds the number of unread notices
//   data-approvals   that of requests that wait for the reader; where the face has such a link
// Without this script the link is there, with the number of when the page was made.
"use strict";

// Whoever sends a form is on the way to another page: nothing that happens meanwhile calls them back.
addEventListener("submit", event => {
  if (!event.defaultPrevented) document.documentElement.dataset.leaving = "";
});

const bell = document.querySelector("[data-notices]"), asked = document.querySelector("[data-approvals]");

const show = (count, number) => {
  count.textContent = number > 0 ? String(number) : "";
  count.hidden = number === 0;
};

if (bell && window.EventSource) {
  const stream = new EventSource("/notices/stream");
  stream.addEventListener("unread", event => {
    show(bell, Number.parseInt(event.data, 10));
    for (const count of [bell, asked]) count?.removeAttribute("data-stale");
  });
  stream.addEventListener("approvals", event => asked && show(asked, Number.parseInt(event.data, 10)));
  // The session is over or locked: what stands here is no longer for the eyes before it.
  stream.addEventListener("over", () => "leaving" in document.documentElement.dataset || location.reload());
  stream.addEventListener("error", () => [bell, asked].forEach(count => count?.setAttribute("data-stale", "")));
  addEventListener("pagehide", () => stream.close());
}
