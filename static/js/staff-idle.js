// Before a quiet staff session ends: asks. When it ends: what was typed is sent first, and the server keeps
// it for the same person's next sign-in; a page with nothing typed on it goes from the screen.

const asks = document.querySelector("[data-staff-idle]");
let typedIn = null;
let warning;
let closing;

function begin() {
  clearTimeout(warning);
  clearTimeout(closing);
  asks.hidden = true;
  const left = Number(asks.dataset.closesAfter) * 1000;
  warning = setTimeout(() => (asks.hidden = false), Math.max(0, left - Number(asks.dataset.warnsBefore) * 1000));
  closing = setTimeout(end, left + 5000);
}

function end() {
  if (typedIn?.isConnected && typedIn.method === "post") typedIn.submit();
  else window.location.reload();
}

if (asks) {
  document.addEventListener("input", (event) => (typedIn = event.target.form ?? typedIn));
  asks.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(asks));
    const answer = await fetch(asks.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (answer?.status === 204) begin();
    else end();
  });
  begin();
}
