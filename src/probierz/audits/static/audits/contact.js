// When the contact took place: two boxes, sent together once both are filled.
export class Contact {
  constructor(form) {
    this.boxes = ["contact_on", "contact_time"].map((name) => form.elements[name]);
    this.place = form.querySelector("[data-contact-error]");
  }

  read() {
    const [on, time] = this.boxes.map((box) => box.value);
    this.problem("");
    return on && time ? { kind: "contact", contact_on: on, contact_time: time } : null;
  }

  write(entry) {
    const [on, time] = this.boxes;
    [on.value, time.value] = [entry.contact_on, entry.contact_time];
  }

  problem(words) {
    this.place.textContent = words;
    this.place.className = words ? "notice notice--bad" : "";
  }
}
