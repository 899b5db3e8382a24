// How much is answered, section by section; returns the sections in which nothing is asked.
export function drawCounts(form, questions) {
  const counts = new Map();
  for (const section of form.querySelectorAll("[data-section]")) counts.set(section.id, { answered: 0, total: 0, asked: 0 });
  for (const question of questions) {
    if (question.box.hidden) continue;
    const count = counts.get(question.box.closest("[data-section]").id);
    count.asked += 1;
    if (!question.rules.is_counted) continue;
    count.total += 1;
    if (question.isAnswered) count.answered += 1;
  }
  for (const place of form.querySelectorAll("[data-count-of]")) {
    const { answered, total } = counts.get(place.dataset.countOf);
    place.textContent = `${answered}/${total}`;
    place.closest("[data-step]").toggleAttribute("data-done", total > 0 && answered === total);
  }
  const sum = (name) => [...counts.values()].reduce((all, count) => all + count[name], 0);
  const line = form.querySelector("[data-progress]");
  [line.max, line.value] = [sum("total"), sum("answered")];
  form.querySelector("[data-progress-words]").textContent = `${sum("answered")} / ${sum("total")}`;
  return new Set([...counts].filter(([id, { asked }]) => asked === 0 && id !== "kontakt").map(([id]) => id));
}
