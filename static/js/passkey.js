// Asks the browser for a passkey, new or known, and sends what it answers with the form.
(() => {
  "use strict";

  const form = document.querySelector("form[data-passkey]");
  const question = document.getElementById("passkey-options");
  if (!form || !question || !window.PublicKeyCredential) return;
  form.hidden = false;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const options = () => {
    const { publicKey } = JSON.parse(question.textContent);
    const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));
    publicKey.challenge = bytes(publicKey.challenge);
    if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id);
    if (publicKey.excludeCredentials) publicKey.excludeCredentials = known(publicKey.excludeCredentials);
    if (publicKey.allowCredentials) publicKey.allowCredentials = known(publicKey.allowCredentials);
    return { publicKey };
  };

  const answer = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} });
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector("[data-passkey-error]");
    said.textContent = "";
    try {
      const credential = await navigator.credentials[form.dataset.passkey](options());
      form.elements.answer.value = answer(credential);
      form.submit();
    } catch {
      said.textContent = form.dataset.failed;
    }
  });
})();
