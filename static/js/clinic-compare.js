// Opens an information card under its row. Without this file the link goes to the card's own page.

const links = document.querySelectorAll("a[data-card]");

async function fetched(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return document.importNode(page.querySelector("[data-card-body]"), true);
}

function place(link, body) {
  const group = link.closest("tbody");
  const row = document.createElement("tr");
  const cell = document.createElement("td");
  cell.colSpan = [...group.closest("table").querySelectorAll("colgroup col")].length;
  cell.className = "compare__card";
  cell.id = `card-${link.dataset.card}`;
  cell.append(body, closer(link));
  row.append(cell);
  group.append(row);
  return row;
}

function closer(link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = `Close the card of ${link.textContent}`;
  button.addEventListener("click", () => {
    link.click();
    link.focus();
  });
  return button;
}

for (const link of links) {
  let row;
  link.setAttribute("role", "button");
  link.setAttribute("aria-expanded", "false");
  const turn = async () => {
    if (!row) row = place(link, await fetched(link.href));
    else row.hidden = !row.hidden;
    link.setAttribute("aria-expanded", String(!row.hidden));
    link.setAttribute("aria-controls", `card-${link.dataset.card}`);
  };
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    turn().catch(() => window.location.assign(link.href));
  });
  link.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      link.click();
    }
  });
}
