// A button with data-passkey asks the browser for a passkey and posts its answer with the form it stands in.
//   data-passkey="get" or "create"
//   data-question="/api/v1/…"   where to ask for challenge and options, or
//   data-options="{…}"          the options themselves
// Hidden fields of the form take the answer: data-passkey-challenge, data-passkey-credential.
// Without this script the button posts an empty answer, and the page says what to do instead.
"use strict";

const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = keys => (keys || []).map(key => ({ ...key, id: bytes(key.id) }));

async function ask(button) {
  if (button.dataset.options) return { options: JSON.parse(button.dataset.options) };
  const answer = await fetch(button.dataset.question, {
    method: "POST",
    headers: {
      "Accept": "application/json",
      "X-CSRF-TOKEN": button.form.elements["__RequestVerificationToken"].value,
      "Idempotency-Key": Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, "0")).join(""),
    },
  });
  if (!answer.ok) throw new Error((await answer.json()).next);
  return answer.json();
}

async function get(options) {
  const key = await navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: listed(options.allowCredentials) },
  });
  return {
    authenticatorData: text(key.response.authenticatorData), signature: text(key.response.signature),
    userHandle: key.response.userHandle ? text(key.response.userHandle) : undefined, ...common(key),
  };
}

async function create(options) {
  const key = await navigator.credentials.create({
    publicKey: {
      ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: listed(options.excludeCredentials),
    },
  });
  return { attestationObject: text(key.response.attestationObject), transports: key.response.getTransports?.() ?? [], ...common(key) };
}

const common = key => ({ clientDataJSON: text(key.response.clientDataJSON), id: key.id, type: key.type, attachment: key.authenticatorAttachment });

function credential({ id, type, attachment, ...response }) {
  return { id, rawId: id, type, authenticatorAttachment: attachment ?? undefined, clientExtensionResults: {}, response };
}

document.addEventListener("click", async event => {
  const button = event.target.closest("button[data-passkey]");
  if (!button || button.dataset.answered) return;
  event.preventDefault();
  const said = button.form.querySelector("[data-passkey-said]");
  if (said) said.textContent = "Follow what your device asks.";
  try {
    const question = await ask(button);
    const answer = await (button.dataset.passkey === "create" ? create : get)(question.options);
    const challenge = button.form.querySelector("[data-passkey-challenge]");
    if (challenge) challenge.value = question.challenge;
    button.form.querySelector("[data-passkey-credential]").value = JSON.stringify(credential(answer));
    button.dataset.answered = "yes";
    button.form.requestSubmit(button);
  } catch (error) {
    if (said) said.textContent = error instanceof DOMException || error instanceof TypeError
      ? "No passkey was used. Try again, or take the other way on this page."
      : error.message;
  }
});
