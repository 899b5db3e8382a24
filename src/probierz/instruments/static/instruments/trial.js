// The trial fill: after each answer the server says the score and which questions skip logic hides; this shows it.
const form = document.querySelector("[data-trial]");

function showQuestions() {
  const state = form.querySelector("[data-hidden-items]");
  const hidden = new Set((state?.dataset.hiddenItems ?? "").split(" "));
  for (const question of form.querySelectorAll("[data-item]")) question.hidden = hidden.has(question.dataset.item);
}

function showAsked(question) {
  const chosen = question.querySelector("input:checked");
  const asks = chosen?.dataset.asks ?? "";
  for (const part of question.querySelectorAll("[data-asked]")) {
    part.hidden = !asks.includes(part.dataset.asked) && !part.querySelector("textarea")?.value;
  }
}

function clearOther(input) {
  // A measured value and „nie dotyczy” exclude each other.
  const question = input.closest("[data-item]");
  if (input.name.startsWith("special:")) {
    for (const box of question.querySelectorAll("input[inputmode]")) box.value = "";
  } else if (input.value) {
    for (const box of question.querySelectorAll('input[name^="special:"]')) box.checked = false;
  }
}

if (form) {
  form.addEventListener("change", (event) => {
    const question = event.target.closest("[data-item]");
    if (!question) return;
    clearOther(event.target);
    showAsked(question);
  });
  document.body.addEventListener("htmx:afterSwap", showQuestions);
  for (const question of form.querySelectorAll("[data-item]")) showAsked(question);
}
