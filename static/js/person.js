// The person's pages. Each of them works without this file.

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
document.querySelector("[data-error-summary]")?.focus();

// A way out: the page is gone at once, even when the answer takes its time, and the page that follows
// takes its place, so that Back does not lead here.
const PATIENCE = 4000;

async function leave(form) {
  document.documentElement.classList.add("has-left");
  document.title = "";
  const left = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    keepalive: true,
    signal: AbortSignal.timeout(PATIENCE),
  }).catch(() => null);
  window.location.replace(left?.ok ? left.url : form.dataset.leave);
}

for (const form of document.querySelectorAll("[data-leave]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave(form);
  });
}
