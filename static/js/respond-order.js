// A press of a button changes the list in place, says what happened, and keeps the focus. Without
// this file the same form does the same by loading the page again.

const main = document.querySelector("#main");

main?.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-order]");
  const button = event.submitter;
  if (!form || !button || button.name === "go") return;
  event.preventDefault();
  const answer = await pressed(form, button).catch(() => null);
  if (answer === null) {
    sendPlainly(form, button);
    return;
  }
  show(form, answer);
});

async function pressed(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  const response = await fetch(form.action || window.location.pathname, { method: "POST", body });
  if (!response.ok || !response.redirected || !response.url.includes(window.location.pathname)) return null;
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function show(form, answer) {
  const fresh = answer.querySelector("[data-order]");
  const told = answer.querySelector("[data-told]");
  form.replaceWith(fresh);
  document.querySelector("[data-told]").textContent = told.textContent.trim();
  document.getElementById(told.dataset.focus)?.focus();
}

function sendPlainly(form, button) {
  const pressedName = document.createElement("input");
  pressedName.type = "hidden";
  pressedName.name = button.name;
  pressedName.value = button.value;
  form.append(pressedName);
  form.submit();
}
