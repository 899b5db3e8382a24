// Small courtesies of forms: no double submit, dates in words, characters left, parts that depend on an answer.
import { fresh } from "./once.js";
import { language, say } from "./words.js";

function guardDoubleSubmit(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    setTimeout(() => {
      if (event.defaultPrevented) return;
      form.dataset.sent = "1";
      event.submitter?.setAttribute("aria-busy", "true");
    });
  });
  addEventListener("pageshow", () => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  });
}

function writeDate(input) {
  const out = input.closest(".field")?.querySelector("[data-date-out]");
  const show = () => {
    const day = input.valueAsDate;
    const options = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
    if (out) out.textContent = day ? day.toLocaleDateString(language === "en" ? "en-GB" : "pl-PL", options) : "";
  };
  input.addEventListener("input", show);
  show();
}

function countLetters(area) {
  const out = area.closest(".field")?.querySelector("[data-count-out]");
  const limit = Number(area.getAttribute("maxlength"));
  area.removeAttribute("maxlength");
  const show = () => {
    const left = limit - area.value.length;
    if (out) out.textContent = left >= 0 ? say("chars", { n: left }) : say("tooLong", { n: -left });
  };
  area.addEventListener("input", show);
  show();
}

function showWhen(part) {
  const [name, wanted] = part.dataset.showWhen.split("=");
  const form = part.closest("form") ?? document;
  const values = wanted.split("|");
  const look = () => {
    const chosen = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)]
      .filter((control) => !["radio", "checkbox"].includes(control.type) || control.checked)
      .map((control) => control.value);
    part.hidden = !chosen.some((value) => values.includes(value));
  };
  form.addEventListener("change", look);
  look();
}

export function wireForms(root) {
  for (const form of fresh(root, 'form[method="post"]', "Once")) guardDoubleSubmit(form);
  for (const input of fresh(root, "input[data-date-words]", "Words")) writeDate(input);
  for (const area of fresh(root, "textarea[data-count]", "Count")) countLetters(area);
  for (const part of fresh(root, "[data-show-when]", "When")) showWhen(part);
  for (const form of fresh(root, "form[data-autosubmit]", "Auto")) {
    form.addEventListener("change", (event) => {
      if (event.target.type !== "search" && event.target.type !== "text") form.requestSubmit();
    });
  }
  for (const form of fresh(root, "form[data-confirm-leave]", "Leave")) {
    let dirty = false;
    form.addEventListener("input", () => (dirty = true));
    form.addEventListener("submit", () => (dirty = false));
    addEventListener("beforeunload", (event) => {
      if (dirty) event.preventDefault();
    });
  }
}
