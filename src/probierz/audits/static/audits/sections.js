// One section in view; the address remembers which, so that back and a reload return to it.
export class Sections {
  constructor(form) {
    this.form = form;
    this.all = [...form.querySelectorAll("[data-section]")];
    this.links = [...form.querySelectorAll("[data-step]")];
    this.bar = document.querySelector("[data-js-only]");
    this.toSummary = document.querySelector("[data-to-summary]");
    this.bar.hidden = false;
    for (const button of this.bar.querySelectorAll("[data-go]")) {
      button.addEventListener("click", () => this.go(Number(button.dataset.go)));
    }
    addEventListener("hashchange", () => this.follow());
    this.follow();
  }

  get open() {
    return this.all.filter((section) => !section.dataset.empty);
  }

  go(step) {
    const next = this.open[this.open.indexOf(this.current) + step];
    if (next) location.hash = next.id;
  }

  follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const section = target?.closest("[data-section]") ?? this.all[0];
    const isMove = this.current && this.current !== section;
    this.current = section;
    this.draw();
    if (target && target !== section) target.scrollIntoView({ block: "start" });
    else if (isMove) {
      scrollTo({ top: 0 });
      section.querySelector("h2").focus({ preventScroll: true });
    }
  }

  draw() {
    const index = this.open.indexOf(this.current);
    for (const section of this.all) section.hidden = section !== this.current;
    for (const link of this.links) {
      if (link.dataset.step === this.current.id) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    const here = this.links.find((link) => link.dataset.step === this.current.id);
    here?.parentElement.scrollTo({ left: here.offsetLeft - 24 });
    this.bar.querySelector('[data-go="-1"]').disabled = index <= 0;
    const isLast = index >= this.open.length - 1;
    this.bar.querySelector('[data-go="1"]').hidden = isLast;
    this.toSummary.hidden = !isLast;
  }

  // Sections in which skip logic left nothing are passed over.
  mark(emptyIds) {
    for (const section of this.all) {
      const isEmpty = emptyIds.has(section.id);
      if (isEmpty) section.dataset.empty = "1";
      else delete section.dataset.empty;
      const link = this.links.find((one) => one.dataset.step === section.id);
      if (link) link.hidden = isEmpty;
    }
    this.draw();
  }
}
