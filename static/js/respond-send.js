// One press is enough. A second is held back while the first is on its way; the server would make
// only one sheet of them anyway.

const form = document.querySelector("[data-send-once]");
let isOnItsWay = false;

form?.addEventListener("submit", (event) => {
  if (isOnItsWay) event.preventDefault();
  isOnItsWay = true;
});
window.addEventListener("pageshow", () => {
  isOnItsWay = false;
});
