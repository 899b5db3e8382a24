// A place to drop a file, with its name, its limit and, when the form asks for it, the progress of sending.
import { fresh } from "./once.js";
import { language, say } from "./words.js";

const megabytes = (bytes) =>
  (bytes / 1048576).toLocaleString(language === "en" ? "en-GB" : "pl-PL", { maximumFractionDigits: 1 });

function wireDrop(drop) {
  const input = drop.querySelector('input[type="file"]');
  const names = drop.querySelector("[data-filedrop-names]");
  const limit = Number(input.dataset.maxBytes) || 0;
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, () => drop.setAttribute("data-over", ""));
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.removeAttribute("data-over"));
  input.addEventListener("change", () => {
    const files = [...input.files];
    const big = files.find((file) => limit && file.size > limit);
    input.setCustomValidity(big ? say("tooBig", { size: megabytes(big.size), limit: megabytes(limit) }) : "");
    names.textContent = big
      ? input.validationMessage
      : files.map((file) => `${file.name} (${megabytes(file.size)} MB)`).join(", ");
  });
}

function send(form, submitter) {
  const bar = document.createElement("progress");
  bar.className = "progress-line";
  bar.max = 100;
  const told = document.createElement("p");
  told.setAttribute("role", "status");
  const place = form.querySelector(".form__actions") ?? form;
  place.before(bar, told);
  const request = new XMLHttpRequest();
  const data = new FormData(form, submitter);
  request.open("POST", submitter?.formAction || form.action);
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.value = Math.round((100 * event.loaded) / event.total);
    told.textContent = say("sending", { n: bar.value });
  });
  const fail = () => {
    bar.remove();
    told.textContent = say("sendFailed");
    delete form.dataset.sent;
    submitter?.removeAttribute("aria-busy");
  };
  request.addEventListener("error", fail);
  request.addEventListener("load", () => {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const main = page.querySelector("main");
    if (!main || request.status >= 500) return fail();
    document.querySelector("main").replaceWith(document.importNode(main, true));
    document.title = page.title;
    if (request.responseURL) history.replaceState(null, "", request.responseURL);
    document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: document.querySelector("main") } }));
    scrollTo(0, 0);
  });
  request.send(data);
}

export function wireFiledrop(root) {
  for (const drop of fresh(root, "[data-filedrop]", "Drop")) wireDrop(drop);
  for (const form of fresh(root, "form[data-upload]", "Upload")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) return;
      event.preventDefault();
      form.dataset.sent = "1";
      send(form, event.submitter);
    });
  }
}
