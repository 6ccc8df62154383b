// Says the number of ticks aloud. The number on screen is CSS and needs no script.

const form = document.querySelector(".choose");
const says = document.querySelector("[data-count-says]");
const own = form?.querySelector("#id_own");
const counted = () =>
  form.querySelectorAll(".choice-card__input--counted:checked").length + (own?.value.trim() ? 1 : 0);

form?.addEventListener("change", (event) => {
  if (!event.target.matches(".choice-card__input--counted, #id_own")) return;
  const count = counted();
  says.textContent =
    count > 5
      ? `You have chosen ${count}. That is more than 5: we ask you on the next page which matter most.`
      : `You have chosen ${count} of up to 5.`;
});

// A page brought back by Back may be older than what was saved since.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
