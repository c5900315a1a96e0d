// Saves a form as you go, with the same address and the same fields as its own button, and says so quietly.
// It never moves the focus, never redraws, and writes nothing to the browser's storage: laptops are shared.

const TYPING_MS = 2000; // after the last key
const SETTLE_MS = 400; // after a choice or on leaving a field: a press on the button comes first
const GIVE_UP_MS = 30000; // a request that has not come back by then counts as no connection
const LEAVING_MS = 3000; // how long a press on the button waits for a save that is under way
const RETRY_MS = [5000, 15000, 30000, 60000];

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-save-status]");
    this.saved = this.differsFromServer() ? null : this.answers();
    this.timer = null;
    this.request = null;
    this.again = false;
    this.failures = 0;
    this.signedOut = false;
    this.leaving = false;
    this.warn = (event) => event.preventDefault();

    form.addEventListener("input", () => this.changed(TYPING_MS));
    form.addEventListener("change", () => this.changed(SETTLE_MS));
    form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("online", () => this.failures && this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    window.addEventListener("pageshow", (event) => event.persisted && this.leaving && window.location.reload());
    if (this.saved === null) this.changed(TYPING_MS);
  }

  // What a person has said on this page. Hidden fields are the form's own business.
  answers() {
    const hidden = new Set(Array.from(this.form.querySelectorAll("input[type=hidden]"), (field) => field.name));
    return JSON.stringify([...new FormData(this.form)].filter(([name]) => !hidden.has(name)));
  }

  // Browsers fill in again what was typed before a reload: that has not reached us yet.
  differsFromServer() {
    return Array.from(this.form.elements).some((field) => {
      if (field.type === "hidden") return false;
      if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
      return "defaultValue" in field && field.tagName !== "OUTPUT" && field.value !== field.defaultValue;
    });
  }

  get unsaved() {
    return this.answers() !== this.saved;
  }

  changed(delay) {
    this.guard();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  // The browser asks before the page is left, but only while something is not saved.
  guard() {
    if (this.unsaved && !this.leaving) window.addEventListener("beforeunload", this.warn);
    else window.removeEventListener("beforeunload", this.warn);
  }

  say(key, state) {
    if (!this.status) return;
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    this.status.textContent = (this.status.dataset[key] || "").replace("{time}", time);
    this.status.dataset.state = state;
  }

  save() {
    clearTimeout(this.timer);
    if (this.leaving || this.signedOut || !this.unsaved) return;
    if (this.request) {
      this.again = true;
      return;
    }
    this.request = this.send().finally(() => {
      this.request = null;
      this.guard();
      const again = this.again && !this.failures;
      this.again = false;
      if (again) this.save();
    });
  }

  async send() {
    const sent = this.answers();
    this.controller = new AbortController();
    const giveUp = setTimeout(() => this.controller.abort(), GIVE_UP_MS);
    try {
      const response = await fetch(this.form.action || window.location.href, {
        method: "POST",
        body: new FormData(this.form),
        headers: { "X-Requested-With": "fetch" },
        redirect: "manual",
        signal: this.controller.signal,
      });
      this.heard(response, sent);
    } catch {
      if (!this.leaving) this.retry("offline");
    } finally {
      clearTimeout(giveUp);
    }
  }

  heard(response, sent) {
    if (response.status >= 500) {
      this.retry("trouble");
      return;
    }
    this.failures = 0;
    this.note(response.headers.get("X-Seen"));
    if (response.status === 204) {
      this.saved = sent;
      this.say("saved", "saved");
      document.dispatchEvent(new CustomEvent("nurture:saved"));
    } else if (response.status === 409) this.say("conflict", "attention");
    else if (response.status === 401 || response.type === "opaqueredirect") {
      this.signedOut = true;
      this.say("signedOut", "attention");
    } else this.say("refused", "attention");
  }

  // Which version of each answer this page has now seen, so that the next save is not taken for a clash with itself.
  note(seen) {
    if (!seen) return;
    Object.entries(JSON.parse(seen)).forEach(([name, value]) => {
      const field = this.form.querySelector(`input[type=hidden][name="${CSS.escape(name)}"]`);
      if (field) field.value = value;
    });
  }

  retry(words) {
    this.say(words, "attention");
    const delay = RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
    this.failures += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  // The button wins: what has not been sent is dropped, since the form brings it all. A save under way may finish first,
  // because the form would otherwise go with an old idea of what it has seen.
  submit(event) {
    if (this.leaving || event.defaultPrevented) return;
    this.leaving = true;
    clearTimeout(this.timer);
    this.guard();
    if (!this.request) return;
    event.preventDefault();
    const patience = setTimeout(() => this.controller.abort(), LEAVING_MS);
    this.request.finally(() => {
      clearTimeout(patience);
      this.form.requestSubmit(event.submitter);
    });
  }
}

document.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form));
