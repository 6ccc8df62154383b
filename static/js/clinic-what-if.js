// Shows what a press changes without leaving the page. Without this file the form does the same.

const region = () => document.querySelector("[data-what-if]");

async function answered(form, button) {
  const sent = new FormData(form, button);
  const answer = await fetch(form.action, { method: "POST", body: sent, credentials: "same-origin" });
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!button || !region().contains(form)) return;
  event.preventDefault();
  answered(form, button)
    .then((page) => {
      region().replaceWith(document.importNode(page.querySelector("[data-what-if]"), true));
      const [move, at] = button.id.split("_");
      const beside = { up: Number(at) - 1, down: Number(at) + 1 }[move] ?? at;
      const next = ["up", "down", "same", "apart"].map((name) => document.getElementById(`${name}_${beside}`));
      (document.getElementById(`${move}_${beside}`) ?? next.find(Boolean))?.focus();
    })
    .catch(() => {
      const pressed = document.createElement("input");
      Object.assign(pressed, { type: "hidden", name: button.name, value: button.value });
      form.append(pressed);
      form.submit();
    });
});
