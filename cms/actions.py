from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Page, Site

from cms.domain import BadPageFile, Kind, Outcome, PageFile, PageGone, Report, decide, digest, in_order
from cms.models import BasePage, ContentPage, HomePage, LoadedPage

MODELS: dict[Kind, type[BasePage]] = {Kind.HOME: HomePage, Kind.CONTENT: ContentPage}
WELCOME = "Welcome to your new Wagtail site!"


class UnableToLoad(Exception):
    """The page files cannot be loaded; nothing has been changed. The message says which file, and what to do."""


@transaction.atomic
def load_pages(*, folder: Path, now: datetime) -> Report:
    """Make the pathway's first pages from the files in `folder`, and point the default site at the home page.

    Loading again changes only what the files changed. What editors did always stays: a page that they changed,
    unpublished, moved, deleted or are drafting. Raises UnableToLoad, and then changes nothing.
    """
    try:
        files = in_order(_read(folder))
        return _Loading(files, now).run()
    except BadPageFile as problem:
        raise UnableToLoad(str(problem)) from problem


def _read(folder: Path) -> list[PageFile]:
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise BadPageFile(f"There are no page files (.yaml) in {folder}. Name the folder that holds them.")
    files = []
    for path in paths:
        try:
            document = yaml.safe_load(path.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            raise BadPageFile(f"{path.name}: this is not YAML. {error}") from error
        files.append(PageFile.from_document(path.name, document))
    return files


class _Loading:
    """One run: every page is put in its place first, so that links between pages can be written in any order."""

    def __init__(self, files: list[PageFile], now: datetime) -> None:
        self.files = files
        self.now = now
        self.records = {record.key: record for record in LoadedPage.objects.select_related("page")}
        self.pages: dict[str, BasePage] = {}

    def run(self) -> Report:
        reasons = {file.key: self.place(file) for file in self.files}
        told = []
        for file in self.files:
            outcome, reason = (Outcome.KEPT, reasons[file.key]) if reasons[file.key] else self.write(file)
            told.append((file.key, outcome, reason))
        for file in self.files:
            if file.kind is Kind.HOME and file.key in self.pages:
                point_site_at(home=self.pages[file.key])
        return Report(tuple(told))

    def place(self, file: PageFile) -> str:
        """Find the page, or make an empty one that is not live yet. Gives the reason if it must be left alone."""
        record = self.records.get(file.key)
        if record is not None and record.page is None:
            return "an editor has deleted it"
        if record is not None:
            self.pages[file.key] = record.page.specific
            return ""
        parent = Page.get_first_root_node() if file.parent is None else self.pages.get(file.parent)
        if parent is None:
            return "the page above it is not there"
        if parent.get_children().filter(slug=file.fields["slug"]).exists():
            return "another page has its address"
        try:
            page = parent.add_child(instance=MODELS[file.kind](**file.fields, live=False))
        except ValidationError as error:
            raise BadPageFile(f"{file.key}: {_told(error)}") from error
        self.pages[file.key] = page
        self.records[file.key] = LoadedPage.objects.create(key=file.key, page_id=page.pk, digest="", loaded_at=self.now)
        return ""

    def write(self, file: PageFile) -> tuple[Outcome, str]:
        """Give the page the content of its file, unless an editor has the last word."""
        page, record = self.pages[file.key], self.records[file.key]
        current = content_digest(page, file)
        try:
            self.fill(page, file)
        except PageGone as gone:
            return Outcome.KEPT, f"it leads to “{gone}”, which is not there"
        wanted = content_digest(page, file)
        draft = page.has_unpublished_changes
        outcome, reason = decide(wanted=wanted, current=current, loaded=record.digest, live=page.live, draft=draft)
        if outcome in {Outcome.CREATED, Outcome.UPDATED}:
            page.save_revision().publish()
        if outcome is not Outcome.KEPT and record.digest != wanted:
            LoadedPage.objects.filter(pk=record.pk).update(digest=wanted, loaded_at=self.now)
        return outcome, reason

    def fill(self, page: BasePage, file: PageFile) -> None:
        """Put the file's content on the page, unsaved. Raises PageGone, or BadPageFile for a block with a mistake."""
        stream = page.body.stream_block
        blocks = file.blocks(self.page_id)
        if unknown := {block["type"] for block in blocks} - set(stream.child_blocks):
            raise BadPageFile(f"{file.key}: there is no block called {', '.join(sorted(unknown))}.")
        for name, value in file.fields.items():
            setattr(page, name, value)
        page.body = stream.to_python(blocks)
        try:
            stream.clean(page.body)
            page.full_clean()
        except ValidationError as error:
            raise BadPageFile(f"{file.key}: {_told(error)}") from error

    def page_id(self, key: str) -> int:
        """The id of the page with this key."""
        if key in self.pages:
            return self.pages[key].pk
        if key in {file.key for file in self.files}:
            raise PageGone(key)
        raise BadPageFile(f"A link leads to “page:{key}”. No file has that key.")


def content_digest(page: BasePage, file: PageFile) -> str:
    """A fingerprint of what is written on the page now, in the fields that the file has."""
    body = [child.get_prep_value() for child in page.body]
    return digest({**{name: getattr(page, name) for name in file.fields}, "body": body})


@transaction.atomic
def point_site_at(*, home: Page) -> None:
    """Make `home` the default site's front page, at the address of SITE_URL. Wagtail's own welcome page goes."""
    address = urlsplit(settings.SITE_URL)
    wanted: dict[str, Any] = {
        "hostname": address.hostname or "localhost",
        "port": address.port or (443 if address.scheme == "https" else 80),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "root_page_id": home.pk,
    }
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.pk is None or any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()
    for page in Page.objects.exact_type(Page).filter(depth=home.depth, title=WELCOME, numchild=0):
        page.delete()


def _told(error: ValidationError) -> str:
    # The errors of a stream name the place of the block; other errors are sentences already.
    return str(error.as_json_data()) if isinstance(error, StreamBlockValidationError) else " ".join(error.messages)
