"""Believable data for every printed document: long names, several pages, figures that add up to a story."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from hashlib import sha256

from probierz.base import charts, documents
from probierz.base.print import data

MADE_AT = datetime(2025, 12, 1, 9, 30, tzinfo=UTC)
LIBRARY = "Miejska Biblioteka Publiczna im. Tadeusza Różewicza we Wrocławiu"


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


PROGRAMME: data.Programme = {
    "name": "Lider Zaufania Mieszkańców",
    "accent": "#0b4f8a",
    "organiser": "Biuro Konkursu „Lider Zaufania Mieszkańców”",
    "address": "www.lider-mieszkancow.pl",
}

APPLICATION: data.Application = {
    "programme": PROGRAMME,
    "edition": "II edycja, 2025",
    "category": "Instytucje kultury",
    "holder": LIBRARY,
    "number": "LZM-2025-7KQ4",
    "is_draft": True,
    "deadline": "do 24 października 2025 r., godz. 24.00",
    "sections": [
        {
            "title": "Instytucja",
            "rows": [
                {"label": "Pełna nazwa", "value": LIBRARY},
                {"label": "NIP", "value": "897-10-10-138"},
                {"label": "REGON", "value": "000278681"},
                {"label": "Adres", "value": "Rynek 58, 50-116 Wrocław"},
                {"label": "Adres do e-Doręczeń", "value": "AE:PL-12345-67890-ABCDE-12"},
                {"label": "Kierownik instytucji", "value": ""},
            ],
        },
        {
            "title": "Osoba do kontaktu",
            "rows": [
                {"label": "Imię i nazwisko", "value": "Małgorzata Źdźbłowska-Świątek"},
                {"label": "Stanowisko", "value": "kierowniczka Działu Promocji i Współpracy z Czytelnikami"},
                {"label": "Telefon", "value": "+48 71 335 22 00"},
            ],
        },
        {
            "title": "Obsługa mieszkańców",
            "rows": [
                {"label": "Liczba miejsc obsługi", "value": "39 filii i Biblioteka Główna"},
                {"label": "Kanały kontaktu", "value": "wizyta, telefon, e-mail, strona internetowa, Facebook"},
                {
                    "label": "Co zmieniło się w ostatnim roku",
                    "value": "Uruchomiliśmy całodobowe wrzutnie w siedmiu filiach, uprościliśmy zapisy do jednej "
                    "strony i przeszkoliliśmy cały zespół z prostego języka. W każdej filii jest już "
                    "pętla indukcyjna, a w sześciu dyżuruje tłumacz polskiego języka migowego.",
                },
            ],
        },
    ],
    "declarations": [
        {
            "text": "Poinformowaliśmy pracowników, że w czasie konkursu jakość obsługi będzie sprawdzana "
            "metodą „tajemniczego klienta”, oraz o celu i sposobie wykorzystania wyników.",
            "accepted": True,
        },
        {"text": "Akceptujemy Zasady i punktację II edycji konkursu.", "accepted": True},
        {"text": "Zgadzamy się na otrzymywanie newslettera konkursu.", "accepted": False},
    ],
    "next_steps": [
        "Proszę podpisać ten dokument: odręcznie albo elektronicznie.",
        "Proszę dodać podpisany plik w panelu instytucji i wybrać „Wyślij zgłoszenie”.",
        "Potwierdzenie z numerem zgłoszenia pojawi się od razu i przyjdzie e-mailem.",
    ],
    "digest": digest("application"),
    "made": "12 października 2025 r., godz. 14.05",
}

CONFIRMATION: data.Confirmation = {
    "programme": PROGRAMME,
    "edition": "II edycja, 2025",
    "category": "Instytucje kultury",
    "holder": LIBRARY,
    "number": "LZM/2025/0042",
    "submitted": "24 października 2025 r., godz. 23.59.12",
    "submitted_by": "Małgorzata Źdźbłowska-Świątek",
    "deadline": "do 24 października 2025 r., godz. 24.00",
    "files": [
        {
            "name": "zgloszenie-podpisane.pdf",
            "kind": "podpisane zgłoszenie",
            "size": "1,2 MB",
            "digest": digest("a"),
        },
        {
            "name": "pelnomocnictwo-skan.pdf",
            "kind": "pełnomocnictwo",
            "size": "348 kB",
            "digest": digest("b"),
        },
    ],
    "next_steps": [
        "W ciągu 7 dni roboczych sprawdzimy zgłoszenie pod względem formalnym.",
        "Jeśli czegoś zabraknie, wezwiemy Państwa do uzupełnienia i podamy termin.",
        "Od 3 listopada 2025 r. jurorzy sprawdzają jakość obsługi. O terminach nie uprzedzamy.",
    ],
    "digest": digest("application"),
}

CERTIFICATE: data.Certificate = {
    "programme": PROGRAMME,
    "kind": "Licencja Jakości",
    "award": "Lider Zaufania Mieszkańców",
    "holder": LIBRARY,
    "holder_place": "województwo dolnośląskie",
    "edition": "II edycja",
    "year": "2025",
    "scope": "obsługa mieszkańców w bibliotece głównej i filiach",
    "basis": "na podstawie pozytywnej oceny metodą „tajemniczego klienta” i wysokiej liczby punktów rankingowych",
    "streak": "po raz drugi z rzędu",
    "number": "LZM/2025/0007",
    "granted": "Warszawa, 4 grudnia 2025 r.",
    "valid": "od 4 grudnia 2025 r. do 3 grudnia 2026 r.",
    "address": "www.lider-mieszkancow.pl/weryfikacja/LZM-2025-0007/",
    "signatories": [
        {"name": "Wiktor Żyta", "role": "Prezydent Konkursu"},
        {"name": "prof. dr hab. Aleksandra Brzęczyszczykiewicz-Łęcka", "role": "Przewodnicząca Kapituły"},
    ],
}

SHORT_CERTIFICATE: data.Certificate = {
    **CERTIFICATE,
    "holder": "Gmina Wieliszew",
    "holder_place": "województwo mazowieckie",
    "streak": "",
    "signatories": [{"name": "Wiktor Żyta", "role": "Prezydent Konkursu"}],
}


def _criterion(title: str, weight: int, score: str, mean: str, difference: str) -> data.CriterionLine:
    return {"title": title, "weight": f"{weight} %", "score": score, "mean": mean, "difference": difference}


REPORT: data.RankingReport = {
    "programme": PROGRAMME,
    "edition": "II edycja, 2025",
    "category": "Instytucje kultury",
    "holder": LIBRARY,
    "made": "1 grudnia 2025 r.",
    "points": "81,37",
    "points_of": "na 100 punktów rankingowych",
    "place": "4. miejsce",
    "place_of": "wśród 13 instytucji w kategorii „Instytucje kultury”",
    "decision": "Licencja Jakości przyznana",
    "summary": "Biblioteka obsługuje mieszkańców wyraźnie lepiej niż przeciętna instytucja w "
    "kategorii. Najmocniejsze są "
    "rozmowy telefoniczne. Najwięcej punktów można odzyskać, odpowiadając na e-maile szybciej i na wszystkie pytania.",
    "stats": [
        {
            "label": "Ponad średnią kategorii",
            "value": "+6,2",
            "unit": "pkt",
            "note": "Średnia kategorii to 75,17 pkt.",
        },
        {
            "label": "Audyty, które liczyły wynik",
            "value": "8",
            "unit": "z 8",
            "note": "W 5 kanałach, przez 5 jurorów.",
        },
        {
            "label": "Do odzyskania",
            "value": "9,6",
            "unit": "pkt",
            "note": "Pięć zmian na stronie 4.",
        },
    ],
    "profile_words": "Wizyta 82,4 przy średniej 74,1; telefon 91,0 przy 80,0; e-mail 54,3 przy 63,2; "
    "strona internetowa 86,9 przy 78,2; media społecznościowe 68,0 przy 61,4.",
    "channels": [
        {
            "title": "Wizyta w instytucji",
            "score": "82,4",
            "mean": "74,1",
            "weight": "30 %",
            "criteria": [
                _criterion("Otoczenie", 10, "94,0", "81,2", "+12,8"),
                _criterion("Dostępność dla osób ze szczególnymi potrzebami", 10, "61,5", "66,0", "−4,5"),
                _criterion("Wygląd i stanowisko pracy", 10, "88,0", "84,0", "+4,0"),
                _criterion("Zachowanie", 25, "92,1", "79,4", "+12,7"),
                _criterion("Obsługa przedstawionej sprawy", 30, "80,0", "70,2", "+9,8"),
                _criterion("Sposób załatwienia sprawy", 15, "71,3", "68,0", "+3,3"),
            ],
        },
        {
            "title": "Telefon",
            "score": "91,0",
            "mean": "80,0",
            "weight": "20 %",
            "criteria": [
                _criterion("Dostępność połączenia", 30, "100,0", "83,1", "+16,9"),
                _criterion("Powitanie", 15, "95,0", "77,0", "+18,0"),
                _criterion("Rozmowa", 25, "88,0", "81,5", "+6,5"),
                _criterion("Treść informacji", 30, "82,5", "77,0", "+5,5"),
            ],
        },
        {
            "title": "E-mail",
            "score": "54,3",
            "mean": "63,2",
            "weight": "20 %",
            "criteria": [
                _criterion("Terminowość", 30, "40,0", "61,0", "−21,0"),
                _criterion("Forma", 20, "75,0", "70,5", "+4,5"),
                _criterion("Treść odpowiedzi", 50, "54,6", "61,6", "−7,0"),
            ],
        },
        {
            "title": "Strona internetowa i Biuletyn Informacji Publicznej",
            "score": "86,9",
            "mean": "78,2",
            "weight": "20 %",
            "criteria": [
                _criterion("Łatwość znalezienia informacji", 30, "90,0", "80,0", "+10,0"),
                _criterion("Treść", 40, "92,0", "81,4", "+10,6"),
                _criterion("Dostępność cyfrowa", 20, "75,0", "70,1", "+4,9"),
                _criterion("Usługi elektroniczne", 10, "nie dotyczy", "74,0", ""),
            ],
        },
        {
            "title": "Media społecznościowe",
            "score": "68,0",
            "mean": "61,4",
            "weight": "10 %",
            "criteria": [
                _criterion("Obecność i zasady", 40, "60,0", "55,0", "+5,0"),
                _criterion("Odpowiedzi", 60, "73,3", "65,7", "+7,6"),
            ],
        },
    ],
    "strengths": [
        {
            "title": "Telefon odbierany w trzech sygnałach",
            "place": "Telefon · Dostępność połączenia",
            "detail": "W każdej z trzech prób; w kategorii udaje się to w 71 % połączeń.",
        },
        {
            "title": "Pracownicy witają pierwsi i przedstawiają się",
            "place": "Wizyta · Zachowanie",
            "detail": "100 % punktów w obu wizytach.",
        },
        {
            "title": "Czytelne oznakowanie budynku i stanowisk",
            "place": "Wizyta · Otoczenie",
            "detail": "94 % punktów; średnia kategorii 81 %.",
        },
        {
            "title": "Aktualny wykaz godzin i filii w Biuletynie",
            "place": "Strona · Treść",
            "detail": "Komplet danych, data aktualizacji widoczna.",
        },
    ],
    "improvements": [
        {
            "title": "Odpowiadać na e-maile w ciągu jednego dnia roboczego",
            "place": "E-mail · Terminowość",
            "detail": "Odpowiedzi przychodziły po 4 i 6 dniach roboczych.",
            "gain": "+3,6",
        },
        {
            "title": "Odpowiadać na każde z zadanych pytań",
            "place": "E-mail · Treść odpowiedzi",
            "detail": "Z trzech pytań odpowiedź dostały średnio dwa; raz poproszono o telefon.",
            "gain": "+2,4",
        },
        {
            "title": "Oznaczyć pętlę indukcyjną i wskazać koordynatora dostępności",
            "place": "Wizyta · Dostępność",
            "detail": "Pętla jest, lecz nie ma przy niej znaku.",
            "gain": "+1,5",
        },
        {
            "title": "Podawać opłaty i sposób zapłaty bez dopytywania",
            "place": "Wizyta · Sposób załatwienia sprawy",
            "detail": "W jednej z dwóch wizyt informację trzeba było wydobyć.",
            "gain": "+1,2",
        },
        {
            "title": "Ogłosić zasady moderacji komentarzy",
            "place": "Media społecznościowe · Obecność i zasady",
            "detail": "Nie znaleziono spisanych zasad.",
            "gain": "+0,9",
        },
    ],
    "remarks": [
        {
            "channel": "Wizyta",
            "text": "Pani przy stanowisku zapisów sama zauważyła, że czekam, i poprosiła o chwilę cierpliwości.",
        },
        {
            "channel": "E-mail",
            "text": "Odpowiedź uprzejma, ale na pytanie o kartę dla dziecka odesłano mnie do regulaminu.",
        },
        {
            "channel": "Telefon",
            "text": "Rozmówca upewnił się, że wszystko jest jasne, i dodał, kiedy filia jest najmniej zatłoczona.",
        },
    ],
    "audits": [
        {"channel": "Wizyta w instytucji", "window": "3–28 listopada 2025 r.", "note": "2 audyty, zaliczone"},
        {"channel": "Telefon", "window": "3–28 listopada 2025 r.", "note": "2 audyty, zaliczone"},
        {"channel": "E-mail", "window": "3–28 listopada 2025 r.", "note": "2 audyty, zaliczone"},
        {"channel": "Strona internetowa", "window": "3–14 listopada 2025 r.", "note": "1 audyt, zaliczony"},
        {"channel": "Media społecznościowe", "window": "3–28 listopada 2025 r.", "note": "1 audyt, zaliczony"},
    ],
    "method": [
        "Każdy audyt to jeden anonimowy kontakt: wizyta, telefon, e-mail albo przegląd strony lub "
        "profilu. Juror wypełnia "
        "arkusz, którego kryteria i wagi są publiczne. Pozycja, która nie ma zastosowania, nie obniża wyniku.",
        "Wynik kanału to średnia jego audytów, a punkty rankingowe to średnia kanałów ważona "
        "podanymi wagami. Zaokrąglamy "
        "raz, przy publikacji, do dwóch miejsc po przecinku.",
        "Raport nie mówi, kto, skąd i kiedy dokładnie się z Państwem kontaktował. Wyników nie wolno używać przeciwko "
        "pracownikom.",
    ],
    "verification": {
        "words": [
            "Każdy może pobrać protokół edycji i przeliczyć ranking na własnym komputerze. Ten sam "
            "protokół zawsze daje ten sam wynik."
        ],
        "command": "python -m assay verify protokol.json",
        "digest": digest("protocol"),
        "address": "www.lider-mieszkancow.pl/lzm/2025/protokol",
    },
}

PROFILE = [
    charts.ProfileRow("Wizyta w instytucji", Decimal("82.4"), Decimal("74.1"), Decimal("76.0"), Decimal("87.9")),
    charts.ProfileRow("Telefon", Decimal("91.0"), Decimal("80.0"), Decimal("86.2"), Decimal("95.1")),
    charts.ProfileRow("E-mail", Decimal("54.3"), Decimal("63.2"), Decimal("47.0"), Decimal("61.6")),
    charts.ProfileRow("Strona internetowa i Biuletyn Informacji Publicznej", Decimal("86.9"), Decimal("78.2")),
    charts.ProfileRow("Media społecznościowe", Decimal("68.0"), Decimal("61.4")),
]

RULES: data.Rules = {
    "programme": PROGRAMME,
    "edition": "II edycja, 2025",
    "state": "Zamrożone 3 listopada 2025 r., godz. 08.00",
    "lead": "Jak oceniamy, jak liczymy punkty i kiedy przyznajemy Licencję Jakości. Te zdania "
    "powstały z zasad, które liczą wynik.",
    "sections": [
        {
            "title": "Punkty rankingowe",
            "sentences": [
                "Wynik podajemy w skali od 0 do 100 punktów rankingowych, z dwoma miejscami po przecinku.",
                "Zaokrąglamy raz, przy publikacji; połówki w górę.",
            ],
        },
        {
            "title": "Kanały i wagi",
            "sentences": [
                "Wizyta w instytucji: 30 %. Telefon: 20 %. E-mail: 20 %. Strona internetowa: 20 %. "
                "Media społecznościowe: 10 %.",
                "Jeśli instytucja nie prowadzi profilu w mediach społecznościowych, tę wagę "
                "dzielimy między pozostałe kanały "
                "proporcjonalnie do ich wag.",
                "Telefon, którego nikt nie odebrał, i e-mail bez odpowiedzi liczymy jako 0 punktów.",
            ],
        },
        {
            "title": "Licencja Jakości",
            "sentences": [
                "Licencję otrzymuje instytucja, która zdobyła co najmniej 75 punktów rankingowych w "
                "co najmniej 4 audytach "
                "i 3 kanałach.",
                "Wynik żadnego kanału nie może być niższy niż 40 punktów.",
                "Niespełnienie pozycji krytycznej wyklucza Licencję, dopóki Kapituła nie "
                "rozstrzygnie inaczej z uzasadnieniem.",
                "Licencja jest ważna 12 miesięcy.",
            ],
        },
        {
            "title": "Miejsca i remisy",
            "sentences": [
                "Miejsca ustalamy w kategorii i ogółem.",
                "Instytucje z tą samą liczbą punktów dzielą miejsce: po dwóch drugich miejscach następuje czwarte.",
            ],
        },
        {
            "title": "Co publikujemy",
            "sentences": [
                "Publicznie podajemy wyłącznie laureatów.",
                "Każda instytucja otrzymuje swój raport rankingowy z punktami i miejscem.",
            ],
        },
    ],
    "digest": digest("rules"),
    "address": "www.lider-mieszkancow.pl/lzm/2025/zasady",
}


def _report() -> bytes:
    chart = charts.profile("profil", PROFILE, title="Profil", palette=charts.print_palette(PROGRAMME["accent"]))
    return documents.render(
        "ranking_report",
        REPORT,
        title=f"Raport rankingowy: {REPORT['holder']}",
        made_at=MADE_AT,
        pictures={"profile": chart.svg.encode()},
    )


def _certificate(certificate: data.Certificate) -> bytes:
    return documents.render(
        "certificate",
        certificate,
        title=f"Licencja Jakości {certificate['number']}",
        made_at=MADE_AT,
        pictures={"qr": documents.qr_code(f"https://{certificate['address']}")},
    )


SAMPLES = {
    "application": partial(
        documents.render, "application", APPLICATION, title="Zgłoszenie konkursowe", made_at=MADE_AT
    ),
    "confirmation": partial(
        documents.render, "confirmation", CONFIRMATION, title="Potwierdzenie zgłoszenia", made_at=MADE_AT
    ),
    "certificate": partial(_certificate, CERTIFICATE),
    "certificate-short": partial(_certificate, SHORT_CERTIFICATE),
    "ranking_report": _report,
    "rules": partial(documents.render, "rules", RULES, title="Zasady i punktacja", made_at=MADE_AT),
}
