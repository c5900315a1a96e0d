import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflections.domain.participation import Band, participation


@pytest.mark.parametrize(
    ("authors", "entries", "staff", "band", "shown"),
    [
        (0, 0, 20, Band.TOO_FEW, None),
        (4, 30, 4, Band.TOO_FEW, None),
        (5, 5, 11, Band.UNDER_HALF, 5),
        (5, 9, 10, Band.HALF_OR_MORE, 9),
        (10, 31, 10, Band.HALF_OR_MORE, 31),
        (19, 31, 20, Band.HALF_OR_MORE, 31),
    ],
)
def test_numbers_appear_from_five_authors(authors, entries, staff, band, shown):
    said = participation(authors=authors, entries=entries, staff=staff)

    assert (said.band, said.entries) == (band, shown)


@given(st.integers(0, 4), st.integers(0, 4), st.integers(0, 100), st.integers(0, 100))
def test_four_and_nobody_read_the_same(one, other, entries, staff):
    few = participation(authors=one, entries=entries, staff=staff)

    assert few == participation(authors=other, entries=0, staff=staff)


@given(st.integers(5, 60), st.integers(1, 60))
def test_that_all_but_a_few_write_is_never_told(authors, others):
    staff = authors + others
    almost = participation(authors=staff - 1, entries=9, staff=staff)
    everybody = participation(authors=staff, entries=9, staff=staff)

    assert almost == everybody
