// While something runs, what the page says of it is asked for again and put in its place: a page that reloads by itself takes the reader's place away.
//   data-running    stands on the page for as long as there is something to wait for
// Without this script the page reloads itself.
"use strict";

const pause = 2000;

async function again() {
  const main = document.querySelector("main");
  // Whoever is on a link in it is not pushed off.
  if (main !== document.activeElement && main.contains(document.activeElement)) return setTimeout(again, pause);
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    main.replaceChildren(...page.querySelector("main").childNodes);
  } catch {
    // The server may be starting anew: the next time.
  }
  if (document.querySelector("[data-running]")) setTimeout(again, pause);
}

setTimeout(again, pause);
