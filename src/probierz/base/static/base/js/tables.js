import { fresh } from "./once.js";
import { say } from "./words.js";

export function wireTables(root) {
  for (const all of fresh(root, "input[data-check-all]", "All")) {
    const name = all.dataset.checkAll;
    const rows = () => [...document.querySelectorAll(`input[name="${CSS.escape(name)}"]`)];
    const bar = document.querySelector(`[data-bulk="${CSS.escape(name)}"]`);
    const show = () => {
      const chosen = rows().filter((row) => row.checked).length;
      all.checked = chosen > 0 && chosen === rows().length;
      all.indeterminate = chosen > 0 && chosen < rows().length;
      if (!bar) return;
      bar.hidden = chosen === 0;
      const count = bar.querySelector("[data-bulk-count]");
      if (count) count.textContent = say("chosen", { n: chosen });
    };
    all.addEventListener("change", () => {
      rows().forEach((row) => (row.checked = all.checked));
      show();
    });
    document.addEventListener("change", (event) => {
      if (event.target.name === name) show();
    });
    show();
  }
}
