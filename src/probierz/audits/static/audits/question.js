// One question on the page: what is marked in it, how to mark it, what it asks for next.
import { say } from "./words.js";

const COUNT = /^\d{1,6}$/;

export class Question {
  constructor(box) {
    this.box = box;
    this.key = box.dataset.item;
    this.look = box.dataset.look;
    this.rules = JSON.parse(box.dataset.rules);
    this.known = this.mark + this.comment;
  }

  controls(prefix) {
    return [...this.box.querySelectorAll(`[name="${CSS.escape(`${prefix}:${this.key}`)}"]`)];
  }

  get special() {
    return this.controls("special").find((control) => control.checked)?.value ?? "";
  }

  get mark() {
    if (this.look === "photo") return "";
    if (this.look === "choices") return this.controls("mark").find((control) => control.checked)?.value ?? "";
    if (this.special) return this.special;
    if (this.look !== "count") {
      const text = this.controls("mark")[0].value.trim();
      return this.look === "measure" ? text.replace(",", ".").replace(/\s/g, "") : text;
    }
    const [got, of] = [this.controls("got")[0].value.trim(), this.controls("of")[0].value.trim()];
    return COUNT.test(got) && COUNT.test(of) ? `${got}/${of}` : "";
  }

  get comment() {
    return this.controls("comment")[0]?.value.trim() ?? "";
  }

  get revision() {
    return Number(this.box.dataset.revision);
  }

  set revision(number) {
    this.box.dataset.revision = number;
    this.controls("revision")[0].value = number;
  }

  get isAnswered() {
    return this.mark !== "";
  }

  write(mark, comment) {
    for (const control of this.controls("special")) control.checked = control.value === mark;
    if (this.look === "choices") for (const control of this.controls("mark")) control.checked = control.value === mark;
    else if (this.look === "count") {
      const [got, of] = mark.split("/");
      if (of) [this.controls("got")[0].value, this.controls("of")[0].value] = [got, of];
    } else if (this.look !== "photo") {
      this.controls("mark")[0].value = this.special ? "" : this.look === "measure" ? mark.replace(".", ",") : mark;
    }
    if (this.controls("comment")[0]) this.controls("comment")[0].value = comment;
    this.settle();
  }

  // True when something changed since the last look.
  changed() {
    const now = this.mark + this.comment;
    const isNew = now !== this.known;
    this.known = now;
    return isNew;
  }

  // One answer excludes the other: a typed number takes back "no answer", and the other way round.
  follow(control) {
    if (control.hasAttribute("data-special") && control.checked) {
      for (const other of this.controls("special")) other.checked = other === control;
      if (this.look === "measure") this.controls("mark")[0].value = "";
    } else if (["mark", "got", "of"].some((prefix) => control.name.startsWith(`${prefix}:`)) && control.value) {
      for (const other of this.controls("special")) other.checked = false;
    }
    if (control.hasAttribute("data-seconds")) this.measured(control.value);
  }

  measured(seconds) {
    const units = seconds === "" ? "" : String(Math.round((Number(seconds) / this.rules.seconds) * 100) / 100);
    for (const other of this.controls("special")) other.checked = false;
    this.controls("mark")[0].value = units.replace(".", ",");
  }

  settle() {
    const must = this.rules.comment_on.includes(this.mark);
    const more = this.box.querySelector("[data-comment-box]");
    if (more) {
      if (must) more.open = true;
      more.querySelector("[data-comment-call]").textContent = say(must ? "mustComment" : "mayComment");
    }
    const ask = this.box.querySelector("[data-photo-ask]");
    if (ask) ask.hidden = !this.rules.evidence_on.includes(this.mark);
    this.problem("");
  }

  problem(words) {
    const place = this.box.querySelector("[data-problem]");
    place.textContent = words;
    place.hidden = !words;
  }
}

// Which questions are asked, by the scorecard's own rules; the server decides the same.
export function asked(questions) {
  const shown = new Map();
  for (const question of questions) {
    const condition = question.rules.show_if;
    if (condition && !condition.marks.includes(shown.get(condition.item)?.mark)) continue;
    shown.set(question.key, question);
    if (question.rules.ends_audit_on?.includes(question.mark)) break;
  }
  return new Set(shown.keys());
}
