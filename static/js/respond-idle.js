// After 15 quiet minutes: asks whether somebody is still there. After 20 the server closes the page;
// what is on it is saved first where it can be, and then it goes from the screen.

const WARN_AFTER = 15 * 60 * 1000;
const CLOSE_AFTER = (20 * 60 + 5) * 1000;
const asks = document.querySelector("[data-still-there]");
const says = asks?.querySelector("[data-still-there-says]");
let warning;
let closing;

function begin() {
  clearTimeout(warning);
  clearTimeout(closing);
  asks.hidden = true;
  says.textContent = "";
  warning = setTimeout(ask, WARN_AFTER);
  closing = setTimeout(close, CLOSE_AFTER);
}

function ask() {
  asks.hidden = false;
  says.textContent = "This page closes in 5 minutes, to keep it private. What you have saved is kept.";
  asks.scrollIntoView({ block: "center" });
}

function close() {
  const answers = document.querySelector("form.choose");
  if (answers) {
    answers.submit();
  } else {
    window.location.reload();
  }
}

if (asks) {
  asks.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(asks));
    const response = await fetch(asks.action, { method: "POST", body }).catch(() => null);
    if (response?.ok && !response.redirected) begin();
    else window.location.reload();
  });
  begin();
}
