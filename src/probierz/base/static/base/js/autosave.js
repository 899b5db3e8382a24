// Saves a form change by change. What the server has not acknowledged stays on this device, through reloads too.
import { showConflict } from "./conflict.js";
import { controlsOf, read, showErrors, write } from "./controls.js";
import { fresh } from "./once.js";
import { Outbox } from "./outbox.js";
import { isFinal, post } from "./post.js";
import { say } from "./words.js";

const QUIET_MS = 600;
const FIRST_RETRY_MS = 1500;
const LAST_RETRY_MS = 60000;

const same = (one, other) => one.join("\n") === other.join("\n");

class Autosave {
  constructor(form) {
    this.form = form;
    this.outbox = new Outbox(form.dataset.autosaveKey ?? location.pathname);
    this.revision = form.dataset.revision ?? "";
    this.state = form.querySelector("[data-save-state]") ?? document.querySelector("[data-save-state]");
    this.known = new Map([...form.elements].map(({ name }) => [name, read(form, name)]));
    this.retryMs = FIRST_RETRY_MS;
    this.sending = false;
    this.stopped = false;
  }

  start() {
    for (const [name, values] of this.outbox.entries()) write(this.form, name, values);
    this.form.addEventListener("input", (event) => this.note(event.target, QUIET_MS));
    this.form.addEventListener("change", (event) => this.note(event.target, 0));
    this.form.addEventListener("submit", (event) => this.beforeSubmit(event));
    addEventListener("online", () => this.plan(0));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.plan(0);
    });
    addEventListener("beforeunload", (event) => {
      if (!this.outbox.isEmpty && !this.outbox.isKept) event.preventDefault();
    });
    if (this.outbox.isEmpty) return;
    this.revision = this.outbox.revision ?? this.revision;
    this.plan(0);
  }

  note(control, delay) {
    if (!control.name || control.type === "file" || control.type === "submit" || this.stopped) return;
    if (control.name === "csrfmiddlewaretoken" || control.closest("[data-no-autosave]")) return;
    this.put(control.name, read(this.form, control.name));
    this.plan(delay);
  }

  put(name, values) {
    this.outbox.put(name, values, this.known.get(name) ?? [], this.revision);
  }

  plan(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  async send() {
    const batch = this.outbox.snapshot();
    if (this.sending || this.stopped || batch.names.length === 0) return;
    this.sending = true;
    this.show("saving", say("saving"));
    const answer = await post(this.form, batch, this.revision);
    this.sending = false;
    if (answer?.saved) this.acknowledged(answer.data, batch);
    else if (answer?.status === 409 && answer.data?.fields) this.conflict(answer.data, batch);
    else if (answer?.status === 401) this.wait(say("signedOut"));
    else if (isFinal(answer)) this.stop(answer.data?.message ?? say("refused"));
    else this.wait(say("offline"));
  }

  acknowledged(data, batch) {
    this.follow(data.revision ?? this.revision);
    this.outbox.acknowledge(batch, this.revision);
    for (const [name, values] of batch.values) this.known.set(name, values);
    this.retryMs = FIRST_RETRY_MS;
    showErrors(this.form, batch.names, data.errors ?? {});
    this.show("saved", say("saved", { at: data.saved_at ?? new Date().toTimeString().slice(0, 5) }));
    this.form.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true, detail: data }));
    if (!this.outbox.isEmpty) this.plan(0);
    else if (this.waitingSubmit) this.form.requestSubmit(this.waitingSubmit.submitter);
  }

  follow(revision) {
    this.revision = String(revision);
    this.form.dataset.revision = this.revision;
  }

  conflict(data, batch) {
    this.follow(data.revision);
    let asked = 0;
    for (const [name, mine] of batch.values) {
      const theirs = [data.fields[name]?.value ?? []].flat().map(String);
      this.known.set(name, theirs);
      if (same(theirs, mine) || same(theirs, this.outbox.baseOf(name))) continue;
      asked += 1;
      this.outbox.hold(name);
      showConflict(controlsOf(this.form, name)[0], mine, theirs, (chosen) => {
        write(this.form, name, chosen);
        this.put(name, chosen);
        this.plan(0);
      });
    }
    if (asked > 0) this.show("offline", say("conflict"));
    this.plan(0);
  }

  stop(message) {
    this.stopped = true;
    this.show("stopped", say("stopped", { message }));
  }

  wait(words) {
    this.show("offline", words);
    this.plan(this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
  }

  beforeSubmit(event) {
    if (this.outbox.isEmpty || this.stopped) return;
    event.preventDefault();
    this.waitingSubmit = { submitter: event.submitter };
    this.plan(0);
  }

  show(state, words) {
    if (!this.state) return;
    this.state.dataset.state = state;
    const place = this.state.querySelector("[data-save-words]") ?? this.state;
    if (place.textContent !== words) place.textContent = words;
  }
}

export function wireAutosave(root) {
  for (const form of fresh(root, "form[data-autosave]", "Autosave")) new Autosave(form).start();
}
