// Two minutes before the session ends, asks whether to stay signed in. What was typed stays on the page in any case.
// The only thing remembered is the time of the last request, so that work in one tab counts in all of them.

const CHECK_MS = 2000;
const WARN_SECONDS = 120;
const KEY = "nurture:last-request";

const { sessionSeconds, keepAliveUrl } = document.body.dataset;
const lifetime = Number.parseInt(sessionSeconds, 10);
const dialog = document.getElementById("signing-out");
const signOut = document.getElementById("sign-out");

let lastHere = Date.now();
let ended = false;

function stamp() {
  lastHere = Date.now();
  try {
    localStorage.setItem(KEY, String(lastHere));
  } catch {
    // Storage may be switched off; this tab then counts for itself.
  }
}

function lastRequest() {
  let elsewhere = 0;
  try {
    elsewhere = Number(localStorage.getItem(KEY)) || 0;
  } catch {
    elsewhere = 0;
  }
  return Math.max(lastHere, Math.min(elsewhere, Date.now()));
}

function show(part) {
  dialog.querySelectorAll("[data-part]").forEach((each) => {
    each.hidden = each.dataset.part !== part;
  });
  if (!dialog.open) dialog.showModal();
  const shown = dialog.querySelector(`[data-part="${part}"]`);
  dialog.setAttribute("aria-labelledby", shown.querySelector("h2").id);
  shown.querySelector("button").focus();
}

function end() {
  if (ended) return;
  ended = true;
  // Only a form that saves itself is kept when it is sent after the session: of other pages nothing else is promised.
  const kept = document.querySelector("form[data-autosave]") !== null;
  dialog.querySelector('[data-when="kept"]').hidden = !kept;
  dialog.querySelector('[data-when="not-kept"]').hidden = kept;
  show("ended");
}

function check() {
  if (ended) return;
  const left = lifetime - (Date.now() - lastRequest()) / 1000;
  if (left <= 0) end();
  else if (left > Math.min(WARN_SECONDS, lifetime / 2)) {
    if (dialog.open) dialog.close();
  } else if (!dialog.open) show("warning");
}

async function stay() {
  const problem = dialog.querySelector("[data-problem]");
  problem.textContent = "";
  try {
    const response = await fetch(keepAliveUrl, {
      method: "POST",
      redirect: "manual",
      headers: {
        "X-CSRFToken": signOut.elements.csrfmiddlewaretoken.value,
        "X-Requested-With": "fetch",
      },
    });
    if (response.ok) {
      stamp();
      dialog.close();
    } else if (response.status >= 500) problem.textContent = problem.dataset.text;
    else end();
  } catch {
    problem.textContent = problem.dataset.text;
  }
}

if (lifetime > 0 && keepAliveUrl && dialog && signOut) {
  stamp();
  document.addEventListener("nurture:saved", stamp);
  document.addEventListener("visibilitychange", check);
  setInterval(check, CHECK_MS);
  dialog.querySelector("[data-stay]").addEventListener("click", stay);
  dialog.querySelector("[data-leave]").addEventListener("click", () => signOut.requestSubmit());
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("cancel", (event) => {
    if (ended) return;
    event.preventDefault(); // Escape is a key press of somebody who is still here.
    stay();
  });
}
