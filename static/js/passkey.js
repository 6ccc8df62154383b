// Asks the browser for a passkey, and sends its answer with the form. The code works without this file.

const form = document.querySelector("[data-passkey]");
const says = form?.querySelector("[data-passkey-says]");
const known = window.PublicKeyCredential;

async function answer() {
  const options = JSON.parse(form.dataset.options).publicKey;
  if (form.dataset.passkey === "create") {
    return navigator.credentials.create({ publicKey: known.parseCreationOptionsFromJSON(options) });
  }
  return navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON(options) });
}

if (form && known?.parseRequestOptionsFromJSON) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const credential = await answer();
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch {
      says.textContent = "No passkey was given. Try again, or use the code from your phone.";
    }
  });
} else if (says) {
  says.textContent = "This browser cannot use passkeys here. The code from your phone works.";
}
