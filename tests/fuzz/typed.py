"""What a person, a broken browser or somebody who means harm might send."""

from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from tests.fuzz import workbooks

NUMBERS = ["0", "-1", "1", "2147483648", "9223372036854775807", "9223372036854775808", "9" * 40, "9" * 5000]
NUMBERS += ["1.5", "1e400", "NaN", "٣", "0x1", " 1 ", "+1", "1_000"]
ODD = ["", " ", "\x00", "a\x00b", "\r\n", "a\r\nBcc: x@school.example", "\ud800", "\udfff\ud800", "\ufeff", "\u202e"]
ODD += [
    "\U0010ffff",
    "x" * 20_000,
    "é" * 20_000,
    "' OR 1=1 --",
    "<script>",
    "../../",
    "//evil.example/",
    "%00",
    "{{ 7 }}",
]
ODD += [
    "on",
    "none",
    "null",
    "[]",
    "{}",
    "true",
    "everywhere",
    "nobody@",
    "Ünï@school.example",
    "a" * 300 + "@b.example",
]
INVENTED = ["id", "pk", "school", "school_id", "audit", "user", "by", "role", "state", "voice", "revision", "locality"]
INVENTED += [
    "then",
    "from",
    "next",
    "page",
    "place",
    "held_for",
    "wizard_goto_step",
    "reset",
    "is_staff",
    "scope",
    "\x00",
]
INVENTED += ["csrfmiddlewaretoken", "action", "schools", "membership", "person", "to", "email", "level"]


def text():
    """Any text of any plane, lone surrogates too."""
    return st.text(st.characters(), max_size=40)


def values(world, offered=()):
    """A value of a field."""
    return st.one_of(
        st.sampled_from(offered or ("",)),
        st.sampled_from(ids(world)),
        st.sampled_from(NUMBERS),
        st.sampled_from(ODD),
        text(),
    )


def ids(world):
    """Real ids and names of both sides."""
    given = ["head", "staff", "coordinator", "draft", "agreed", "leadership-and-purpose"]
    for side in (world.own, world.other):
        rows = (side.school, side.second, side.draft, side.submitted, side.membership, side.led, side.invitation)
        given += [str(row.pk) for row in rows] + [str(pk) for pk in side.user_ids]
        given += [side.locality.slug, side.token, side.colleague.email, f"school-{side.school.pk}"]
        given += [f"audit-{side.draft.pk}-current_step", f"locality-{side.locality.pk}"]
    return given


def aimed(world, name, offered):
    """What this field in particular must bear, or None for a field that is like any other."""
    if name.endswith("current_step"):
        return st.sampled_from(steps(world))
    if name.endswith("-seen"):
        return stale(offered)
    return None


def files(world, offered=()):
    """What is uploaded: mostly a workbook that is nearly right."""
    return st.one_of(workbooks.files(), workbooks.files(), workbooks.files(), values(world).map(_as_bytes))


def _as_bytes(value):
    return value.encode("utf-8", "replace")


def steps(world):
    """For formtools' own field: steps of this wizard that are not this page's, of none, and of another record."""
    themes = [theme.slug for theme in world.own.draft.framework.themes]
    return [*themes, "done", "check", "results", "0", "", "\x00", "no-such-theme", themes[0].upper(), f"{themes[0]}/"]


@st.composite
def stale(draw, offered):
    """For what a page had seen: an earlier or later revision, the digest of other words, one of the two alone."""
    seen = draw(st.sampled_from(offered))
    revision, _dot, digest = seen.partition(".")
    revisions = st.one_of(st.integers(-2, 5).map(str), st.just(revision), st.sampled_from(NUMBERS))
    digests = st.one_of(st.sampled_from(["", "0" * len(digest), digest[:-1], digest.upper(), digest]), text())
    return draw(
        st.one_of(
            st.builds("{}.{}".format, revisions, digests),
            st.builds("{}.{}".format, st.integers(-2, 5), st.just(digest)),
            revisions,
            st.just(f".{digest}"),
        )
    )


@st.composite
def posts(draw, world, form):
    """The pairs of name and value of one post of this form: some as offered, some not, some twice, some missing.

    Half of them are a form filled in as it should be but for what is aimed at, so that it comes past the first checks.
    """
    pairs, careful = [], draw(st.booleans())
    for name, offered, is_file in form.fields:
        aim = aimed(world, name, offered)
        ways = (
            ["offered", "offered", "offered", "text"] if careful else ["offered", "offered", "odd", "missing", "twice"]
        )
        what = draw(st.sampled_from([*ways, *(["aimed"] if aim is not None else [])]))
        odd = files(world) if is_file else values(world, offered)
        if is_file and what != "missing":
            pairs += [(name, draw(odd)) for _each in range(2 if what == "twice" else 1)]
        elif what == "offered":
            pairs.append((name, draw(st.sampled_from(offered))))
        elif what == "text":
            pairs.append((name, draw(st.sampled_from(["Seen by everybody.", "2", "x@school.example"]))))
        elif what == "aimed":
            pairs.append((name, draw(aim)))
        elif what != "missing":
            pairs += [(name, draw(odd)) for _each in range(2 if what == "twice" else 1)]
    prefixes = {name.partition("-")[0] for name, _offered, _file in form.fields}
    names = st.sampled_from([*INVENTED, *sorted(f"{one}-current_step" for one in prefixes), *ids(world)])
    for _each in range(draw(st.integers(0, 3)) if not careful else 0):
        pairs.append((draw(st.one_of(names, text())), draw(values(world))))
    return pairs


def encoded(pairs):
    """As a browser encodes a form; lone surrogates are sent as the bytes that they would be."""
    return "&".join(f"{percent(name)}={percent(value)}" for name, value in pairs)


def percent(value):
    """The value's bytes, percent-encoded."""
    return quote_from_bytes(value.encode("utf-8", "surrogatepass"), safe="")
