import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflections.domain.plain import plain

WORD_HTML = """<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style>p.MsoNormal {margin:0cm;}</style>
<p class="MsoNormal" style="margin:0cm">He <b>waited</b> by the&nbsp;door.<o:p></o:p></p>
<p class=MsoListParagraph>Then &amp; there.</p>"""


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Two lines\r\nof text", "Two lines\nof text"),
        (WORD_HTML, "He waited by the door.\n\nThen & there."),
        ("\uf0b7\tFirst\n\uf0b7\tSecond", "- First\n- Second"),
        ("•\tFirst\n•  Second", "- First\n- Second"),
        ("a\u00a0b\u200bc\u00add", "a bcd"),
        ("one\u2028two\u2029three", "one\ntwo\n\nthree"),
        ("too\n\n\n\nmany", "too\n\nmany"),
        ("  around  ", "around"),
        ("“Smart” quotes – and dashes… stay", "“Smart” quotes – and dashes… stay"),
        ("5 < 6 and 7 > 2, I <3 this", "5 < 6 and 7 > 2, I <3 this"),
        ("o\u0300", "ò"),
        ("nul\x00 bell\x07", "nul bell"),
        ("", ""),
    ],
)
def test_only_words_are_kept(pasted, kept):
    assert plain(pasted) == kept


@given(st.text())
def test_nothing_is_left_that_cannot_be_kept(text):
    once = plain(text)

    assert plain(once) == once or "<" in once or "&" in text  # what looked like markup is unwrapped once
    once.encode()
    assert "\x00" not in once
