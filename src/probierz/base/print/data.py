"""What each printed document needs to be told. Texts are ready Polish; figures are already rounded and set."""

from typing import NotRequired, TypedDict


class Programme(TypedDict):
    name: str
    accent: str  # "#0b5c8f"; at least 4.5:1 on white
    organiser: str
    address: NotRequired[str]  # the site, without https://


class Pair(TypedDict):
    label: str
    value: str  # empty: printed as a rule to fill in by pen


class FormSection(TypedDict):
    title: str
    rows: list[Pair]


class Declaration(TypedDict):
    text: str
    accepted: bool


class Application(TypedDict):
    """application.typ: picture "logo" optional."""

    programme: Programme
    edition: str  # "II edycja, 2025"
    category: str
    holder: str
    number: str  # number of the application, or the code of the draft
    is_draft: bool
    deadline: str  # "do 24 października 2025 r., godz. 24.00"
    sections: list[FormSection]
    declarations: list[Declaration]
    next_steps: list[str]
    digest: str  # SHA-256 of the form's content, hexadecimal
    made: str  # "12 października 2025 r., godz. 14.05"


class FileLine(TypedDict):
    name: str
    kind: str  # "Podpisane zgłoszenie"
    size: str  # "1,2 MB"
    digest: str


class Confirmation(TypedDict):
    """confirmation.typ: picture "logo" optional."""

    programme: Programme
    edition: str
    category: str
    holder: str
    number: str
    submitted: str  # "24 października 2025 r., godz. 23.59.12"
    submitted_by: str
    deadline: str
    files: list[FileLine]
    next_steps: list[str]
    digest: str


class Signatory(TypedDict):
    name: str
    role: str


class Certificate(TypedDict):
    """certificate.typ: picture "qr" required (documents.qr_code of the address)."""

    programme: Programme
    kind: str  # "Licencja Jakości"
    award: str  # "Lider Zaufania Mieszkańców"
    holder: str
    holder_place: str  # "województwo pomorskie"; may be empty
    edition: str  # "I edycja"
    year: str  # "2024"
    scope: str  # "obsługa mieszkańców w urzędzie gminy"
    basis: str  # one sentence: how it was earned
    streak: str  # "po raz trzeci z rzędu"; may be empty
    number: str
    granted: str  # "Warszawa, 5 grudnia 2024 r."
    valid: str  # "od 5 grudnia 2024 r. do 4 grudnia 2025 r."
    address: str  # where to verify, without https://
    signatories: list[Signatory]


class Mark(TypedDict):
    """mark.typ, drawn by awards.mark."""

    kind: str
    award: str
    year: str
    number: str
    accent: str
    variant: str  # colour, mono, white


class Stat(TypedDict):
    label: str
    value: str
    unit: str  # "pkt", "z 41"
    note: str


class CriterionLine(TypedDict):
    title: str
    weight: str  # "25 %"
    score: str  # "78,4" or "nie dotyczy"
    mean: str
    difference: str  # "+4,1"; may be empty


class ChannelPart(TypedDict):
    title: str
    score: str
    mean: str
    weight: str
    criteria: list[CriterionLine]


class Strength(TypedDict):
    title: str
    place: str  # "Telefon, Powitanie"
    detail: str


class Improvement(TypedDict):
    title: str
    place: str
    detail: str
    gain: str  # "+2,4"


class Remark(TypedDict):
    channel: str
    text: str


class AuditLine(TypedDict):
    channel: str
    window: str  # a window of days, never an hour
    note: str  # "zaliczony", "powtórzony"


class Verification(TypedDict):
    words: list[str]
    command: str
    digest: str
    address: str


class RankingReport(TypedDict):
    """ranking_report.typ: picture "profile" required (charts.profile with the print palette), "logo" optional.

    Prints what it is given and nothing else: who judged and when exactly must not be in the data.
    """

    programme: Programme
    edition: str
    category: str
    holder: str
    made: str
    points: str  # empty when the rules do not tell points to the institution
    points_of: str  # "na 100"
    place: str  # "4. miejsce"; may be empty
    place_of: str  # "wśród 41 instytucji w kategorii"
    decision: str  # "Licencja Jakości przyznana"
    summary: str
    stats: list[Stat]
    profile_words: str  # the chart told in words: its alternative text
    channels: list[ChannelPart]
    strengths: list[Strength]
    improvements: list[Improvement]
    remarks: list[Remark]
    audits: list[AuditLine]
    method: list[str]
    verification: Verification


class RuleSection(TypedDict):
    title: str
    sentences: list[str]


class Rules(TypedDict):
    """rules.typ: picture "logo" optional."""

    programme: Programme
    edition: str
    state: str  # "Zamrożone 3 listopada 2025 r., godz. 08.00" or "Projekt"
    lead: str
    sections: list[RuleSection]
    digest: str
    address: str
