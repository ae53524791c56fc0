// A field to sign in: [data-pad] with a canvas, a hidden field for the picture, and a button that clears it.
// Pointer events, so that finger, pen and mouse are one; the picture is a PNG of ink on white, whatever theme the page is in.
"use strict";

const Ink = "#10151c", Width = 3.2;

function begin(pad) {
  const canvas = pad.querySelector("[data-pad-canvas]");
  pad.hidden = false;
  pad.parentElement.querySelector("[data-pad-without]")?.remove();
  if (!canvas) return;

  const field = pad.parentElement.querySelector("[data-pad-value]");
  const said = pad.querySelector("[data-pad-said]");
  const pen = canvas.getContext("2d");
  let last = null;

  const clear = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    field.value = "";
  };
  const at = event => {
    const box = canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) * canvas.width / box.width, y: (event.clientY - box.top) * canvas.height / box.height };
  };
  const line = to => {
    pen.strokeStyle = Ink;
    pen.lineWidth = Width;
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    pen.moveTo(last.x, last.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
    last = to;
  };
  const end = () => {
    if (!last) return;
    last = null;
    field.value = canvas.toDataURL("image/png");
    // Whoever signs here has chosen this way: the officer need not say it again.
    const way = pad.closest("form")?.querySelector("input[type=radio][value=DrawnOnScreen]");
    if (way) way.checked = true;
    if (said) said.textContent = "Signed.";
  };

  canvas.addEventListener("pointerdown", event => {
    if (!event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    last = at(event);
    line(last);
  });
  canvas.addEventListener("pointermove", event => {
    if (!last || !event.isPrimary) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) line(at(one));
  });
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  pad.querySelector("[data-pad-clear]").addEventListener("click", () => {
    clear();
    if (said) said.textContent = "Cleared.";
  });

  // The page came back with another question: what was signed is there still.
  const before = field.value;
  clear();
  if (before.startsWith("data:image/png;base64,")) {
    const bytes = Uint8Array.from(atob(before.slice(before.indexOf(",") + 1)), letter => letter.charCodeAt(0));
    createImageBitmap(new Blob([bytes], { type: "image/png" })).then(picture => {
      pen.drawImage(picture, 0, 0);
      field.value = before;
    }).catch(() => {});
  }
}

const beginIn = part => part.querySelectorAll("[data-pad]").forEach(begin);
beginIn(document);
// A live part that was put in its place anew has a pad that nobody has begun.
document.addEventListener("live:put", event => beginIn(event.target));
