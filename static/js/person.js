// The person's pages. Each of them works without this file.

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
document.querySelector("[data-error-summary]")?.focus();

// "Leave quickly": the page is gone at once, even when the answer takes its time.
document.querySelector("[data-leave]")?.addEventListener("submit", () => {
  document.documentElement.classList.add("has-left");
  document.title = "";
});
