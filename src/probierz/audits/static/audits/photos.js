// Photos wait in the browser's database until the server has them; made smaller first, for a slow network.
import { newKey } from "./queue.js";
import { csrf } from "./sender.js";
import { say } from "./words.js";

const LONGEST_SIDE = 2000;
const RETRY_MS = 10000;

function database() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("probierz-audits", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("photos", { keyPath: "client_key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function inStore(mode, work) {
  const store = (await database()).transaction("photos", mode).objectStore("photos");
  return new Promise((resolve, reject) => {
    const request = work(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function smaller(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const share = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * share);
    canvas.height = Math.round(picture.height * share);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return (await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85))) ?? file;
  } catch {
    return file;
  }
}

export class Photos {
  constructor(form) {
    this.form = form;
    form.addEventListener("change", (event) => {
      if (event.target.matches("[data-photo-input]")) this.add(event.target);
    });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-photo-remove]");
      if (button) this.remove(button);
    });
    addEventListener("online", () => this.sendAll());
    this.sendAll();
  }

  async add(input) {
    const file = input.files[0];
    if (!file) return;
    const item = input.closest("[data-item]").dataset.item;
    const photo = { client_key: newKey(), audit: this.form.dataset.audit, item, blob: await smaller(file) };
    input.value = "";
    await inStore("readwrite", (store) => store.put(photo)).catch(() => null);
    await this.send(photo);
  }

  async sendAll() {
    const all = await inStore("readonly", (store) => store.getAll()).catch(() => []);
    for (const photo of all) if (photo.audit === this.form.dataset.audit) await this.send(photo);
  }

  placeholder(photo) {
    const list = this.form.querySelector(`[data-item="${CSS.escape(photo.item)}"] [data-photo-list]`);
    const kept = list?.querySelector(`[data-waiting="${photo.client_key}"]`);
    if (kept || !list) return kept;
    const [place, picture, words] = ["li", "img", "span"].map((tag) => document.createElement(tag));
    place.className = "photos__one photos__one--waiting";
    place.dataset.waiting = photo.client_key;
    picture.src = URL.createObjectURL(photo.blob);
    picture.alt = say("waits");
    words.textContent = say("waits");
    place.append(picture, words);
    list.append(place);
    return place;
  }

  async send(photo) {
    const place = this.placeholder(photo);
    const body = new FormData();
    body.append("item", photo.item);
    body.append("client_key", photo.client_key);
    body.append("photo", photo.blob, "photo.jpg");
    const headers = { Accept: "application/json", "X-CSRFToken": csrf(this.form) };
    const answer = await fetch(this.form.dataset.photoUrl, { method: "POST", body, headers }).catch(() => null);
    if (!answer || answer.status >= 500 || answer.status === 401 || answer.status === 403) {
      setTimeout(() => this.send(photo), RETRY_MS);
      return;
    }
    const data = await answer.json().catch(() => ({}));
    await inStore("readwrite", (store) => store.delete(photo.client_key)).catch(() => null);
    if (answer.ok) this.show(place, data.html);
    else this.refuse(place, photo, data.message);
  }

  show(place, html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    place?.replaceWith(template.content);
  }

  refuse(place, photo, message) {
    place?.remove();
    const shown = this.form.querySelector(`[data-item="${CSS.escape(photo.item)}"] [data-problem]`);
    if (shown) [shown.textContent, shown.hidden] = [message || say("badPhoto"), false];
  }

  async remove(button) {
    const headers = { Accept: "application/json", "X-CSRFToken": csrf(this.form) };
    const answer = await fetch(button.dataset.photoRemove, { method: "POST", headers }).catch(() => null);
    if (answer?.ok) button.closest("[data-photo]").remove();
  }
}
