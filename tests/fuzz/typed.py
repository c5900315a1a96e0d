"""What a person, a broken browser or somebody who means harm might send."""

from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

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


@st.composite
def posts(draw, world, form):
    """The pairs of name and value of one post of this form: some as offered, some not, some twice, some missing."""
    pairs = []
    for name, offered, _is_file in form.fields:
        what = draw(st.sampled_from(["offered", "offered", "odd", "missing", "twice"]))
        if what == "offered":
            pairs.append((name, draw(st.sampled_from(offered))))
        elif what != "missing":
            pairs += [(name, draw(values(world, offered))) for _each in range(2 if what == "twice" else 1)]
    prefixes = {name.partition("-")[0] for name, _offered, _file in form.fields}
    names = st.sampled_from([*INVENTED, *sorted(f"{one}-current_step" for one in prefixes), *ids(world)])
    for _each in range(draw(st.integers(0, 3))):
        pairs.append((draw(st.one_of(names, text())), draw(values(world))))
    return pairs


def encoded(pairs):
    """As a browser encodes a form; lone surrogates are sent as the bytes that they would be."""
    return "&".join(f"{percent(name)}={percent(value)}" for name, value in pairs)


def percent(value):
    """The value's bytes, percent-encoded."""
    return quote_from_bytes(value.encode("utf-8", "surrogatepass"), safe="")
