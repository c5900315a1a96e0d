"""What a report is made of. Everything is words already, in the reader's language; nothing is worked out later.

The page, the PDF and the spreadsheet are drawn from the same `Report`.
"""

from dataclasses import dataclass
from datetime import datetime

from charts.change_over_time import ChangeOverTime
from charts.theme_profile import ThemeProfile


@dataclass(frozen=True)
class Item:
    """One line of a list: a statement or a theme, and what is said about it.

    `text` has no full stop and no quotation marks. `theme` and `statement` are slugs that say where to read or change
    it; `statement` is "" where the line is about a whole theme. `words` may be "".
    """

    text: str
    words: str
    theme: str
    statement: str = ""

    @property
    def is_statement(self) -> bool:
        """Whether the text is a statement's own wording, to be quoted."""
        return bool(self.statement)


@dataclass(frozen=True)
class Part:
    """A sentence and the list that follows it, which may be empty."""

    lead: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Marker:
    """Where the audit has got to. `key` is the state of the audit, `word` its tag, `sentence` what that means."""

    key: str
    word: str
    sentence: str
    is_submitted: bool


@dataclass(frozen=True)
class ThemeLine:
    """One theme in the table. `score` is "" where too little is known; `band` then says so.

    `note` says why the tier is higher than the score alone would make it; `beside` what the school's own answers gave,
    where the agreed answers give something else.
    """

    slug: str
    title: str
    kind_key: str
    kind: str
    score: str
    band: str
    essentials: str
    tier_key: str
    tier: str
    note: str
    beside: str

    @property
    def score_words(self) -> str:
        """The score with its band, for one cell: "2.6, Ready"."""
        return f"{self.score}, {self.band}" if self.score else self.band

    @property
    def tier_words(self) -> str:
        """The tier with its notes, for one cell: "Targeted", "Targeted. One essential is not met yet."."""
        notes = [note for note in (self.note, self.beside) if note]
        return " ".join([f"{self.tier}.", *notes]) if notes else self.tier

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as it is read: theme, kind, score, essentials, support."""
        return (self.title, self.kind, self.score_words, self.essentials, self.tier_words)


@dataclass(frozen=True)
class OfferLine:
    """A named help. `url` is the address of its page within the site, or ""."""

    title: str
    provided_by: str
    amount: str
    url: str

    @property
    def words(self) -> str:
        """Who gives it and how much, after the title: "online; self-guided"."""
        return "; ".join(part for part in (self.provided_by, self.amount) if part)


@dataclass(frozen=True)
class ThemeHelp:
    """The help that goes with one theme: the offers of its tier, and those open to every school where it is higher."""

    slug: str
    title: str
    tier_key: str
    tier: str
    sentences: tuple[str, ...]
    find_out: tuple[Item, ...]
    offers: tuple[OfferLine, ...]
    open_to_all: tuple[OfferLine, ...]


@dataclass(frozen=True)
class HelpGroup:
    """Themes that are helped in the same way: a tier, what it means, and its themes."""

    heading: str
    meaning: str
    themes: tuple[ThemeHelp, ...]


@dataclass(frozen=True)
class StatementLine:
    """One statement with its answer, for the downloads.

    `minimum` is the name of the level an essential needs, or "". `level` is the level's name, `other` the words of an
    answer that is not a level; both are "" for a blank. `school_said` holds the school's own answer where the agreed
    one differs. `at` is None for a blank.
    """

    slug: str
    theme: str
    theme_title: str
    text: str
    minimum: str
    level: str
    other: str
    rubric: str
    evidence: str
    reason: str
    school_said: str
    by: str
    at: datetime | None

    @property
    def answer(self) -> str:
        """The answer in words; "" for a blank."""
        return self.level or self.other


@dataclass(frozen=True)
class ThenLine:
    """One theme then and now, for the table that says what the chart shows."""

    title: str
    then: str
    now: str
    verdict: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as it is read."""
        return (self.title, self.then, self.now, self.verdict)


@dataclass(frozen=True)
class OverTime:
    """The themes then and now: the chart, its digest, and its twin, the table. `chart.summary` is the sentence."""

    chart: ChangeOverTime
    digest: str
    table_head: tuple[str, ...]
    lines: tuple[ThenLine, ...]


@dataclass(frozen=True)
class LastStep:
    """One step of the last plan: what it was to do, what became of it, and whether its statement moved.

    `statement` is "" for a step that was to move none; `moved` is then "" too.
    """

    text: str
    status: str
    statement: str
    moved: str


@dataclass(frozen=True)
class Fact:
    """A thing to know about the report: its name, and the thing. `full` is the long form where `value` is cut short."""

    name: str
    value: str
    full: str = ""


@dataclass(frozen=True)
class Headings:
    """The headings that the page and the PDF share."""

    why: str
    change: str
    chart: str
    table: str
    help: str
    open_to_all: str
    find_out: str
    evidence: str
    differences: str
    since: str
    then_and_now: str
    last_steps: str
    missing: str
    verification: str
    statements: str
    downloads: str


@dataclass(frozen=True)
class Report:
    """The result of one audit, against the structure of support, in words.

    `language` is that of the statements, `words_language` that of all other words. `outcome_key` is the framework's
    key. `change` is what would change the outcome; `find_out`, `evidence`, `differences` and `missing` are None when
    there is nothing to list; so is `over_time` without an earlier audit. `last_steps` are those of the plan that
    was agreed with it. `chart_digest` names the chart's picture; `summary` is the sentence that stands for it.
    `scored_at` is when the answers were given over, or last saved. `file_stem` names the downloads.
    """

    audit_pk: int
    file_stem: str
    language: str
    words_language: str
    headings: Headings
    title: str
    school: str
    session: str
    marker: Marker
    missing: Part | None
    outcome_key: str
    outcome: str
    why: tuple[Part, ...]
    change: tuple[Part, ...]
    standing: str
    find_out: Part | None
    evidence: Part | None
    differences: Part | None
    since: tuple[Part, ...]
    over_time: OverTime | None
    last_steps: tuple[LastStep, ...]
    table_head: tuple[str, ...]
    themes: tuple[ThemeLine, ...]
    chart: ThemeProfile
    chart_digest: str
    summary: str
    help: tuple[HelpGroup, ...]
    verification: tuple[Fact, ...]
    statements: tuple[StatementLine, ...]
    scored_at: datetime
