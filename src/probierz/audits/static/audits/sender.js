// Sends the waiting taps one by one and only forgets what the server acknowledged.
import { say } from "./words.js";

const FIRST_RETRY_MS = 1500;
const LAST_RETRY_MS = 30000;

export function csrf(form) {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  return cookie?.slice("csrftoken=".length) ?? form.querySelector('[name="csrfmiddlewaretoken"]').value;
}

async function post(form, url, entry) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      body: JSON.stringify(entry),
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": csrf(form) },
      credentials: "same-origin",
    });
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    return { status: answer.status, data: isJson ? await answer.json() : {} };
  } catch {
    return { status: 0, data: {} };
  }
}

export class Sender {
  constructor(form, queue, { acknowledged, conflict, problem }) {
    Object.assign(this, { form, queue, acknowledged, conflict, problem });
    this.state = document.querySelector("[data-save-state]");
    this.retryMs = FIRST_RETRY_MS;
    this.inFlight = null;
    this.stopped = false;
    addEventListener("online", () => this.run());
    document.addEventListener("visibilitychange", () => this.run());
  }

  urlOf(entry) {
    return entry.kind === "contact" ? this.form.dataset.contactUrl : this.form.dataset.answerUrl;
  }

  async run() {
    clearTimeout(this.timer);
    if (this.inFlight || this.stopped) return;
    for (let entry = this.queue.first(); entry && !this.stopped; entry = this.queue.first()) {
      this.show("saving", say("sending", { n: this.queue.length }));
      this.inFlight = entry.name;
      const { status, data } = await post(this.form, this.urlOf(entry), entry);
      this.inFlight = null;
      if (!this.settle(entry, status, data)) return;
    }
  }

  // True when the next tap may go.
  settle(entry, status, data) {
    if (status === 200) return this.done(entry, data);
    if (status === 409 && data.code === "conflict") {
      this.queue.drop(entry.name);
      this.conflict(entry, data);
      return true;
    }
    if (status === 422) {
      this.queue.drop(entry.name);
      this.problem(entry, data.message);
      return true;
    }
    if (status === 401 || status === 403) return this.wait(say("signedOut"));
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) return this.stop(data.message);
    return this.wait(say(this.queue.isKept ? "offline" : "unkept", { n: this.queue.length }));
  }

  done(entry, data) {
    this.queue.drop(entry.name);
    if (entry.item) this.queue.rebase(entry.item, data.revision);
    this.retryMs = FIRST_RETRY_MS;
    this.acknowledged(entry, data);
    if (this.queue.length === 0) this.show("saved", say("saved", { at: data.saved_at }));
    return true;
  }

  wait(words) {
    this.show("offline", words);
    this.timer = setTimeout(() => this.run(), this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
    return false;
  }

  stop(message) {
    this.stopped = true;
    this.show("stopped", say("stopped", { message: message || say("refused") }));
    return false;
  }

  show(state, words) {
    if (!this.state) return;
    this.state.dataset.state = state;
    const place = this.state.querySelector("[data-save-words]") ?? this.state;
    if (place.textContent !== words) place.textContent = words;
  }
}
