// Every page: says that scripts run, and brings the list of errors to whoever has to read it.

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
document.querySelector("[data-error-summary]")?.focus();
