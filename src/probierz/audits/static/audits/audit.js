// The audit form: every tap goes to the phone's storage first and to the server next; skip logic needs no network.
import { Contact } from "./contact.js";
import { askWhichStays } from "./clash.js";
import { drawCounts } from "./counts.js";
import { Photos } from "./photos.js";
import { Question, asked } from "./question.js";
import { Queue } from "./queue.js";
import { Sections } from "./sections.js";
import { Sender } from "./sender.js";
import { say } from "./words.js";

const QUIET_MS = 700;
const DEPARTURE_MS = 4000;

class AuditForm {
  constructor(form) {
    this.form = form;
    this.questions = [...form.querySelectorAll("[data-item]")].map((box) => new Question(box));
    this.byKey = new Map(this.questions.map((question) => [question.key, question]));
    this.queue = new Queue(form.dataset.audit);
    this.sender = new Sender(form, this.queue, {
      acknowledged: (entry, data) => this.acknowledged(entry, data),
      conflict: (entry, data) => this.conflict(entry, data),
      problem: (entry, message) => this.problem(entry, message),
    });
    this.timers = new Map();
    this.contact = new Contact(form);
    this.restore();
    this.sections = new Sections(form);
    this.draw();
    form.addEventListener("input", (event) => this.note(event.target, QUIET_MS));
    form.addEventListener("change", (event) => this.note(event.target, 0));
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("pagehide", () => this.flush());
    this.sections.toSummary.addEventListener("click", (event) => this.leave(event));
    new Photos(form);
    this.sender.run();
  }

  // What was marked before a reload and had not been sent is marked again.
  restore() {
    for (const entry of this.queue.entries()) {
      if (entry.kind === "contact") this.contact.write(entry);
      else this.byKey.get(entry.item)?.write(entry.mark, entry.comment);
    }
    for (const question of this.questions) question.changed();
  }

  note(control, delay) {
    if (control.closest("[data-contact]")) return this.later("contact", () => this.sendContact(), delay);
    const question = this.byKey.get(control.closest("[data-item]")?.dataset.item);
    if (!question || control.type === "file") return undefined;
    question.follow(control);
    return this.later(question.key, () => this.tap(question), control.type === "radio" ? 0 : delay);
  }

  later(key, work, delay) {
    clearTimeout(this.timers.get(key)?.timer);
    if (delay === 0) {
      this.timers.delete(key);
      return work();
    }
    const timer = setTimeout(() => {
      this.timers.delete(key);
      work();
    }, delay);
    return this.timers.set(key, { timer, work });
  }

  flush() {
    for (const { timer, work } of this.timers.values()) {
      clearTimeout(timer);
      work();
    }
    this.timers.clear();
  }

  tap(question) {
    if (!question.changed()) return;
    question.settle();
    const { key: item, mark, comment } = question;
    const base = this.queue.takeBack(item, this.sender.inFlight) ?? question.revision;
    this.send({ kind: "answer", item, mark, comment, revision: base });
    this.draw();
  }

  sendContact() {
    const entry = this.contact.read();
    if (entry) this.send(entry);
  }

  send(entry) {
    this.queue.push(entry);
    this.sender.run();
  }

  acknowledged(entry, data) {
    const question = this.byKey.get(entry.item);
    if (question) question.revision = Math.max(question.revision, data.revision);
  }

  problem(entry, message) {
    if (entry.kind === "contact") this.contact.problem(message);
    else this.byKey.get(entry.item)?.problem(message);
  }

  conflict(entry, data) {
    const question = this.byKey.get(entry.item);
    if (!question) return;
    const { mark, comment } = question;
    this.queue.takeBack(entry.item, null);
    question.revision = data.revision;
    location.hash = `poz-${question.key}`;
    askWhichStays(question, data, (isMine) => {
      if (isMine) this.send({ kind: "answer", item: question.key, mark, comment, revision: data.revision });
      else question.write(data.mark, data.comment);
      question.changed();
      this.draw();
    });
  }

  draw() {
    const shown = asked(this.questions);
    for (const question of this.questions) question.box.hidden = !shown.has(question.key);
    this.sections.mark(drawCounts(this.form, this.questions));
  }

  // The summary is the server's: it opens when the server knows everything.
  async leave(event) {
    this.flush();
    if (this.queue.length === 0) return;
    event.preventDefault();
    const href = event.currentTarget.href;
    this.sender.run();
    const until = Date.now() + DEPARTURE_MS;
    while (this.queue.length > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 100));
    if (this.queue.length === 0) location.assign(href);
    else this.sender.show("offline", say("notYet"));
  }
}

const form = document.querySelector("[data-audit]");
if (form) new AuditForm(form);
