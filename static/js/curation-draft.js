// The grid of a draft: up and down move, 0 1 2 3 U rate, Enter opens one side effect beside it, Esc closes it.
// What is changed is saved as it is changed, one side effect to a request. Without this file each side effect
// has a page of its own with a button.

const draft = document.querySelector("[data-draft]");
const panel = draft.querySelector("[data-panel]");
const body = panel.querySelector("[data-body]");
const state = panel.querySelector("[data-state]");
const links = [...draft.querySelectorAll("[data-cell-link]")];
const wide = window.matchMedia("(min-width: 62em)");
const CODES = { 0: "0", 1: "1", 2: "2", 3: "3", u: "U" };
const AFTER = 400; // milliseconds between a change and its saving, so that arrows through a choice are one change
const MEANWHILE = "Somebody else has written in this draft. The rows are brought up to date and nothing of yours was saved: look, and do it again.";
const LEAVE = "Press Esc once more to leave it as it was.";

let open = null; // { link, cell, form, kept: what the form said when it was last saved, refused: by the server }
let waiting;
let turn = Promise.resolve();

function say(words, is = "") {
  state.textContent = words;
  state.dataset.is = is;
}

// One thing after the other: a save carries the version that the save before it was given.
function inTurn(act) {
  turn = turn.then(() => act()).catch(() => say("Not saved: the page could not reach the server. Try again.", "unsaved"));
  return turn;
}

async function fetched(address, options = {}) {
  const answer = await fetch(address, { credentials: "same-origin", ...options });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { status: answer.status, page };
}

const said = () => (open?.form ? new URLSearchParams(new FormData(open.form)).toString() : "");
const isUnsaved = () => Boolean(open) && said() !== open.kept;

function fill(code, row) {
  const there = document.getElementById(code);
  there.querySelectorAll("td").forEach((cell) => cell.remove());
  there.append(...[...row.querySelectorAll("td")].map((cell) => document.importNode(cell, true)));
}

async function bringUpToDate({ rows = false } = {}) {
  const { page } = await fetched(window.location.pathname);
  const fresh = page.querySelector("[data-draft]");
  if (!fresh) return window.location.reload();
  document.querySelector("[data-lacking]").replaceChildren(...page.querySelector("[data-lacking]").childNodes);
  if (!rows) return;
  links.forEach((link) => fill(link.closest("tr").id, page.getElementById(link.closest("tr").id)));
  draft.dataset.version = fresh.dataset.version;
}

function place(link, page) {
  const cell = document.importNode(page.querySelector("[data-cell]"), true);
  const title = document.createElement("h2");
  title.textContent = link.textContent;
  body.replaceChildren(title, ...cell.childNodes);
  open?.link.closest("tr").removeAttribute("aria-current");
  link.closest("tr").setAttribute("aria-current", "true");
  const form = body.querySelector("form");
  open = { link, form, both: "both" in cell.dataset, version: cell.dataset.version };
  open.kept = said();
  panel.scrollTop = 0;
}

// Whether `link` stands open now, as it was when this page was made or last brought up to date.
async function opened(link) {
  if (open?.link === link) return true;
  if (open && !(await saved())) return false;
  const { status, page } = await fetched(link.href);
  if (status !== 200 || !page.querySelector("[data-cell] form")) {
    window.location.assign(link.href);
    return false;
  }
  place(link, page);
  if (open.version === draft.dataset.version) return true;
  await bringUpToDate({ rows: true });
  say(MEANWHILE, "unsaved");
  return false;
}

function first(problems) {
  const field = problems[0] && body.querySelector(problems[0].getAttribute("href"));
  (field ?? body.querySelector("input:checked, button"))?.focus();
}

// Whether what the open side effect says is what is stored.
async function saved({ pressed = false, focus = true } = {}) {
  clearTimeout(waiting);
  if (open.both && !pressed) {
    say("Not saved: choose one of the two texts.", "unsaved");
    return false;
  }
  const sent = said();
  if (sent === open.kept && !pressed) return true;
  say("Saving…");
  const address = `${open.form.getAttribute("action")}?answer=row`;
  const { status, page } = await fetched(address, { method: "POST", body: new URLSearchParams(sent) });
  const row = page.querySelector("[data-saved]");
  if (row) return accepted(row, sent);
  if (status === 409 && page.querySelector("[data-cell]")) return toldOfBoth(page);
  if (status === 422) return refused([...page.querySelectorAll(".nhsuk-error-summary a")], focus);
  open.form.submit(); // signed out, or not a draft any more: the page that comes says so, and keeps what was typed
  return false;
}

function accepted(row, sent) {
  const version = row.dataset.saved;
  const isNew = version !== draft.dataset.version;
  fill(row.id, row);
  draft.dataset.version = version;
  open.form.elements.version.value = version;
  // What was typed while this was on its way is not saved yet, and is not taken for saved.
  open.kept = sent.replace(/(^|&)version=\d+/, `$1version=${version}`);
  open.refused = false;
  if (open.both) close();
  say(isNew ? `Saved. Change ${version} of this draft.` : "Saved already: nothing is different.");
  return true;
}

async function toldOfBoth(page) {
  place(open.link, page);
  await bringUpToDate({ rows: true });
  say("Not saved: somebody else has written in this draft. Both texts are here; choose one.", "unsaved");
  body.querySelector("#both").focus();
  return false;
}

function refused(problems, focus) {
  open.refused = true;
  say(`Not saved yet. ${problems.map((one) => one.textContent).join(". ")}.`, "unsaved");
  if (focus) first(problems);
  return false;
}

function close() {
  const { link } = open;
  link.closest("tr").removeAttribute("aria-current");
  open = null;
  body.replaceChildren();
  link.focus();
}

async function closed({ leave = false } = {}) {
  if (!open) return;
  const leaves = leave || open.refused || open.both;
  if (isUnsaved() && !leaves && !(await saved({ focus: false }))) {
    say(`${state.textContent} ${LEAVE}`, "unsaved");
    return;
  }
  const left = isUnsaved() || open.both;
  clearTimeout(waiting);
  close();
  if (left) say("Left as it was.");
  await bringUpToDate();
}

async function rated(link, code) {
  if (!(await opened(link))) return;
  const choice = body.querySelector(`input[name="rating"][value="${code}"]`);
  choice.checked = true;
  await saved();
}

const move = (link, by) => links[links.indexOf(link) + by]?.focus();

const show = (link) =>
  inTurn(async () => {
    if (await opened(link)) body.querySelector("input[name=rating]:checked")?.focus();
  });

draft.addEventListener("click", (event) => {
  const link = event.target.closest("[data-cell-link], [data-close]");
  if (!link || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if ("close" in link.dataset) inTurn(() => closed({ leave: true }));
  else show(link);
});

draft.addEventListener("keydown", (event) => {
  if (!wide.matches || event.ctrlKey || event.metaKey || event.altKey) return;
  const link = event.target.closest("[data-cell-link]");
  const code = CODES[event.key.toLowerCase()];
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (event.key === "Escape" && open) inTurn(closed);
  else if (link && step) move(link, step);
  else if (link && code) inTurn(() => rated(link, code));
  else if (code && event.target.matches("input[name=rating]")) inTurn(() => rated(open.link, code));
  else return;
  event.preventDefault();
});

panel.addEventListener("input", () => open && (open.refused = false));
panel.addEventListener("change", () => {
  clearTimeout(waiting);
  if (open && !open.both) waiting = setTimeout(() => inTurn(() => open && saved({ focus: false })), AFTER);
});

panel.addEventListener("submit", (event) => {
  event.preventDefault();
  inTurn(() => saved({ pressed: true }));
});

const shown = () => (panel.hidden = !wide.matches);
wide.addEventListener("change", shown);
shown();
