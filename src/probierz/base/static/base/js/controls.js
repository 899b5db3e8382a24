// Reading and writing a named control, whatever it is: one box, a group of radios, a list of choices.
const isTick = (control) => control.type === "checkbox" || control.type === "radio";

export function controlsOf(form, name) {
  return [...form.elements].filter((control) => control.name === name);
}

export function read(form, name) {
  return controlsOf(form, name).flatMap((control) => {
    if (isTick(control)) return control.checked ? [control.value] : [];
    if (control.multiple) return [...control.selectedOptions].map((option) => option.value);
    return [control.value];
  });
}

export function write(form, name, values) {
  for (const control of controlsOf(form, name)) {
    if (isTick(control)) control.checked = values.includes(control.value);
    else if (control.multiple) for (const option of control.options) option.selected = values.includes(option.value);
    else control.value = values[0] ?? "";
  }
}

export function showErrors(form, names, errors) {
  for (const name of new Set([...names, ...Object.keys(errors)])) {
    const place = form.querySelector(`[data-errors-of="${CSS.escape(name)}"]`);
    if (!place) continue;
    const lines = errors[name] ?? [];
    place.replaceChildren(...lines.map((line) => {
      const shown = document.createElement("p");
      shown.className = "field__error field__error--bare";
      shown.textContent = line;
      return shown;
    }));
    place.hidden = lines.length === 0;
    place.closest(".field")?.classList.toggle("field--error", lines.length > 0);
    for (const control of controlsOf(form, name)) {
      if (lines.length) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  }
}
