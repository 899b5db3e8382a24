// What the audit form says by itself, in both languages.
import { language } from "../base/js/words.js";

const WORDS = {
  pl: {
    saved: "Zapisano {at}",
    sending: "Wysyłam… ({n})",
    offline: "Brak sieci – zapisane na tym telefonie ({n})",
    unkept: "Brak sieci, a telefon nie pozwala zapisywać: proszę nie zamykać strony",
    signedOut: "Sesja wygasła – zapisane na tym telefonie. Proszę zalogować się w nowej karcie.",
    stopped: "Nie można już zapisać: {message}",
    refused: "arkusz jest zamknięty",
    mustComment: "Uwaga (potrzebna przy tej odpowiedzi)",
    mayComment: "Dodaj uwagę",
    waits: "Czeka na sieć",
    badPhoto: "Tego zdjęcia nie udało się dodać.",
    notYet: "Podsumowanie otworzy się, gdy odpowiedzi dotrą do biura. Teraz nie ma sieci.",
    empty: "(brak odpowiedzi)",
  },
  en: {
    saved: "Saved at {at}",
    sending: "Sending… ({n})",
    offline: "No network – kept on this phone ({n})",
    unkept: "No network and the phone does not allow saving: please keep this page open",
    signedOut: "Signed out – kept on this phone. Please sign in in a new tab.",
    stopped: "It can no longer be saved: {message}",
    refused: "the scorecard is closed",
    mustComment: "Comment (needed with this answer)",
    mayComment: "Add a comment",
    waits: "Waiting for the network",
    badPhoto: "This photo could not be added.",
    notYet: "The summary opens once the answers have arrived. There is no network now.",
    empty: "(no answer)",
  },
};

export function say(key, values = {}) {
  return WORDS[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
