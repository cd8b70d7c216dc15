// Passkeys: makes one, or signs in with one. The only thing in the house that needs JavaScript.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const withBytes = (listed) => listed?.map((each) => ({ ...each, id: toBytes(each.id) }));

function told(credential) {
  const { response } = credential;
  const parts = { clientDataJSON: toText(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = toText(response[name]);
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: parts,
  };
}

async function make({ publicKey }, alone) {
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: alone ? "required" : "discouraged",
        requireResidentKey: alone,
        userVerification: alone ? "required" : "preferred",
      },
    },
  });
}

async function show({ publicKey }) {
  return navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      allowCredentials: withBytes(publicKey.allowCredentials),
    },
  });
}

async function optionsFor(form) {
  if (!form.dataset.options) {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`the server says ${answer.status}`);
    return (await answer.json()).request_options;
  }
  const told = JSON.parse(document.getElementById(form.dataset.options).textContent);
  return told.creation_options ?? told.request_options;
}

async function ask(form) {
  const words = form.querySelector("[data-failed]");
  words.textContent = "";
  try {
    const options = await optionsFor(form);
    const credential = form.dataset.passkey === "make"
      ? await make(options, form.elements.passwordless.checked)
      : await show(options);
    form.elements.credential.value = JSON.stringify(told(credential));
    form.submit();
  } catch {
    // The person said no, the key is not there, or it took too long: the browser has said which.
    words.textContent = words.dataset.failed;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[data-passkey-button]");
  button.hidden = !window.PublicKeyCredential;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}
