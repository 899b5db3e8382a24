// On the summary: answers still waiting on this phone must reach the server before the audit is sent.
import { Queue } from "./queue.js";

const page = document.querySelector("[data-pending]");
if (page && new Queue(page.dataset.pending).length > 0) {
  page.querySelector("[data-pending-notice]").hidden = false;
  for (const button of document.querySelectorAll("[data-submit-audit] button")) button.disabled = true;
}
