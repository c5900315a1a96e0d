// Says how many words a text has, beside fields that have a soft limit. Nothing is ever cut off.

const QUIET_MS = 1500; // Screen readers hear the count after a pause in typing, not at every key.
const NEARLY = 0.8; // ... and only once the text comes near the limit.

const words = document.body.dataset;
const sentence = (count, limit) =>
  (count === 1 ? words.countOne : words.countMany).replace("{count}", count).replace("{limit}", limit);

const countOf = (text) => (text.trim() ? text.trim().split(/\s+/u).length : 0);

function attach(field) {
  const limit = Number.parseInt(field.dataset.softLimit, 10);
  if (!(limit > 0) || !words.countMany) return;

  const seen = document.createElement("p");
  seen.className = "word-count";
  seen.setAttribute("aria-hidden", "true");
  const heard = document.createElement("p");
  heard.className = "visually-hidden";
  heard.setAttribute("role", "status");
  field.after(seen, heard);

  let pause;
  const show = () => {
    seen.textContent = sentence(countOf(field.value), limit);
  };
  field.addEventListener("input", () => {
    show();
    clearTimeout(pause);
    pause = setTimeout(() => {
      const count = countOf(field.value);
      heard.textContent = count >= limit * NEARLY ? sentence(count, limit) : "";
    }, QUIET_MS);
  });
  show();
}

document.querySelectorAll("textarea[data-soft-limit]").forEach(attach);
