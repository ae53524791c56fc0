// Live screens: when something happened at the branch, the page is read anew, and the parts that moved are put in their place.
//   data-live="/desk/stream?branch=…"   the line that says so; it is also where the reader is told that the page is not live
//   data-live-region="name"             a part to be put in its place; never while somebody types in it
//   data-live-told="…"                  what to say when that part changed
// Without this script the page is of when it was made.
"use strict";

const line = document.querySelector("[data-live]");
const silence = 25_000, soon = 300, longest = 30_000, calm = 400;
const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: line.dataset.zone });

let stream, heard = Date.now(), failures = 0, reading = false, again = false, later;

const say = (text, stale = false) => {
  if (line.textContent !== text) line.textContent = text;
  line.classList.toggle("stale", stale);
};

function lost() {
  stream?.close();
  stream = undefined;
  clearTimeout(later);
  // The line ends every few minutes and on a restart: one try before anybody is told.
  if (failures++ > 0) say(`Not live since ${time.format(heard)}; reconnecting …`, true);
  later = setTimeout(connect, Math.min(soon * 2 ** failures, longest) * (.75 + Math.random() / 2));
}

function connect() {
  if (document.hidden) return;
  stream = new EventSource(line.dataset.live);
  stream.addEventListener("here", alive);
  stream.addEventListener("changed", () => { alive(); read(); });
  stream.addEventListener("over", away);
  stream.addEventListener("error", async () => {
    stream?.close();
    // Refused and cut off look the same from here; the page itself tells them apart.
    await read();
    lost();
  });
  // What happened while nobody listened.
  stream.addEventListener("open", read);
}

// Not while a form is on its way: it leads to a page of its own.
function away() {
  if (!("leaving" in document.documentElement.dataset)) location.reload();
  return true;
}

function alive() {
  heard = Date.now();
  failures = 0;
  if (line.classList.contains("stale")) say("");
}

// What a reading must differ in to count as another: not in the marks that each reading makes anew, nor in what the reader unfolded.
function likeness(region) {
  const copy = region.cloneNode(true);
  for (const mark of copy.querySelectorAll("input[name=_key], input[name=__RequestVerificationToken]")) mark.removeAttribute("value");
  for (const part of copy.querySelectorAll("details")) part.removeAttribute("open");
  // What signature.js makes of its field.
  for (const part of copy.querySelectorAll("[data-pad-without], [data-pad-said]")) part.remove();
  for (const part of copy.querySelectorAll("[data-pad]")) part.hidden = true;
  for (const part of copy.querySelectorAll("[data-pad-value]")) part.removeAttribute("value");
  return copy.innerHTML;
}

const typing = region => region.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")
  || region.querySelector("dialog[open], [data-passkey-said]:not(:empty)")
  || region.querySelector("[data-pad-value]")?.value
  || [...region.querySelectorAll("input:not([type=hidden]), textarea")].some(one => one.type === "checkbox" || one.type === "radio" ? one.checked !== one.defaultChecked : one.value !== one.defaultValue)
  || [...region.querySelectorAll("option")].some(one => one.selected !== one.defaultSelected && one.index > 0);

// Where the reader is: by the link's address or the form's name, for the element itself is about to go.
const keyOf = one => one.id || one.getAttribute("href") || `${one.closest("form")?.querySelector("[name=_handler]")?.value} ${one.textContent.trim()}`;

function put(old, fresh) {
  const focused = old.contains(document.activeElement) ? keyOf(document.activeElement) : undefined;
  const open = [...old.querySelectorAll("details")].map(one => [one.querySelector("summary").textContent, one.open]);
  const scrolled = [...old.querySelectorAll("[tabindex], .table")].map(one => [one.scrollLeft, one.scrollTop]);
  old.replaceChildren(...fresh.childNodes);
  old.dispatchEvent(new Event("live:put", { bubbles: true }));
  for (const one of old.querySelectorAll("details")) one.open = open.find(([name]) => name === one.querySelector("summary").textContent)?.[1] ?? one.open;
  [...old.querySelectorAll("[tabindex], .table")].forEach((one, at) => scrolled[at] && one.scrollTo(...scrolled[at]));
  if (focused !== undefined) [...old.querySelectorAll("a, button, summary, [tabindex]")].find(one => keyOf(one) === focused)?.focus({ preventScroll: true });
}

async function read() {
  if (reading) {
    again = true;
    return true;
  }
  reading = true;
  try {
    const answer = await fetch(location.href, { cache: "no-store", headers: { "X-Asks-By-Itself": "1" } });
    // To the lock, or to sign-in: what stands here is no longer for the eyes before it.
    if (answer.redirected) return away();
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    let held = false, told = "";
    for (const old of document.querySelectorAll("[data-live-region]")) {
      const fresh = page.querySelector(`[data-live-region="${old.dataset.liveRegion}"]`);
      if (!fresh) return location.reload();
      if (likeness(old) === likeness(fresh)) continue;
      if (typing(old)) held = true;
      else {
        put(old, fresh);
        told = old.dataset.liveTold ? `${time.format(Date.now())}: ${old.dataset.liveTold}` : told;
      }
    }
    if (held) say("Something changed here meanwhile. It is shown when you have left the field as it was, or reload the page.");
    else if (told || !line.classList.contains("stale") && !line.textContent.match(/^\d/)) say(told);
    return true;
  } catch {
    return false;
  } finally {
    await new Promise(done => setTimeout(done, calm));
    reading = false;
    if (again) {
      again = false;
      read();
    }
  }
}

// A tab that nobody sees holds no line.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    stream?.close();
    stream = undefined;
    clearTimeout(later);
  } else if (!stream) connect();
});
document.addEventListener("focusout", () => setTimeout(() => line.textContent.startsWith("Something changed") && read()));
addEventListener("pagehide", () => stream?.close());
setInterval(() => { if (stream && Date.now() - heard > silence) lost(); }, 5_000);
connect();
