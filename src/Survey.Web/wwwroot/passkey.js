// Makes a passkey and signs in with one. Without it, and in a browser that cannot, everybody has the password and the code.
const can = window.PublicKeyCredential?.parseCreationOptionsFromJSON && PublicKeyCredential.parseRequestOptionsFromJSON;

// What the site asks of the device: it stands in the page of a new passkey, and is made for each sign-in.
const asked = async form => {
  if (form.dataset.passkey === 'create') return { publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(form.dataset.options)) };
  const answer = await fetch(form.dataset.options, { method: 'POST', credentials: 'same-origin', body: new URLSearchParams(new FormData(form)) });
  if (!answer.ok) throw new Error(answer.statusText);
  return { publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(await answer.json()) };
};

for (const form of document.querySelectorAll('form[data-passkey]')) {
  const failed = form.querySelector('[role="alert"]');
  form.addEventListener('submit', async event => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const options = await asked(form);
      const credential = await (form.dataset.passkey === 'create' ? navigator.credentials.create(options) : navigator.credentials.get(options));
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      // Stopped by the person, no passkey on this device, or no connection: all end here, and the button can be pressed again.
      failed.hidden = false;
    }
  });
}

if (can) {
  for (const part of document.querySelectorAll('[data-passkeys]')) part.hidden = part.dataset.passkeys === 'cannot';
}
