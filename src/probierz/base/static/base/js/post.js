// One batch of changes to the server; null when there was no answer at all.
function token(form) {
  return form.querySelector('[name="csrfmiddlewaretoken"]')?.value
    ?? document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

export async function post(form, batch, revision) {
  const body = new URLSearchParams();
  for (const [name, values] of batch.values) {
    body.append("changed", name);
    for (const value of values) body.append(name, value);
  }
  body.append("revision", revision);
  body.append("csrfmiddlewaretoken", token(form));
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-Requested-With": "autosave" },
      credentials: "same-origin",
      keepalive: true,
    });
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    const data = isJson ? await answer.json() : null;
    return { status: answer.status, saved: answer.ok && !answer.redirected && data !== null, data };
  } catch {
    return null;
  }
}

const LATER = [408, 425, 429];

export const isFinal = (answer) => answer && answer.status >= 400 && answer.status < 500 && !LATER.includes(answer.status);
