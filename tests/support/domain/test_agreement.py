from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.domain.agreement import (
    ALL,
    LEAST_PAIRS,
    Agreement,
    Rated,
    agreement,
    both_ways,
    percent,
    two_places,
    weighted_kappa,
)

# D. G. Altman, Practical Statistics for Medical Research, Chapman & Hall 1991, section 14.3. Table 14.2: two
# radiologists' readings of 85 films (data of Boyd et al. 1982): kappa 0.47, with linear weights 0.57. Table 14.3: two
# tests of 363 sera (data of Brostoff et al. 1984): kappa 0.32, with linear weights 0.56.
FILMS = ((21, 12, 0, 0), (4, 17, 1, 0), (3, 9, 15, 2), (0, 0, 0, 1))
SERA = ((86, 3, 14, 0, 2), (26, 0, 10, 4, 0), (20, 2, 22, 4, 1), (11, 1, 37, 16, 14), (3, 0, 15, 24, 48))


class TestPublishedExamples:
    @pytest.mark.parametrize(("table", "published"), [(FILMS, "0.57"), (SERA, "0.56")])
    def test_weighted_kappa(self, table, published):
        assert two_places(weighted_kappa(table)) == published

    def test_to_the_last_place(self):
        """scikit-learn 1.9.1 and statsmodels 0.15.0 both say 0.568399044205."""
        assert weighted_kappa(FILMS) == Fraction(1903, 3348)

    @pytest.mark.parametrize(("table", "exact"), [(FILMS, 64)])
    def test_exact_agreement(self, table, exact):
        assert percent(sum(table[place][place] for place in range(4)), sum(map(sum, table))) == exact


class TestWeightedKappa:
    def test_is_one_where_all_agree_on_different_levels(self):
        assert weighted_kappa(((3, 0), (0, 2))) == 1

    def test_is_nought_where_levels_have_nothing_to_do_with_each_other(self):
        assert weighted_kappa(((4, 4), (4, 4))) == 0

    def test_says_nothing_where_everybody_gave_one_level(self):
        assert weighted_kappa(((0, 0), (0, 9))) is None

    def test_says_nothing_of_nothing(self):
        assert weighted_kappa(((0, 0), (0, 0))) is None

    def test_a_level_that_nobody_gave_keeps_its_place(self):
        """A library that leaves it out would say 3/7 here."""
        table = ((1, 0, 0, 0), (0, 0, 0, 1), (0, 0, 0, 0), (0, 1, 0, 1))

        assert weighted_kappa(table) == Fraction(3, 11)


def rated(levels, theme="time-and-fit", vignette=1):
    """One statement of a theme rated by officers 0, 1, 2…"""
    return [Rated(officer, vignette, f"one-of-{theme}", theme, level) for officer, level in enumerate(levels)]


class TestAgreement:
    def test_counts_every_two_officers_once(self):
        found = agreement(rated([2, 2, 3, 4]))["time-and-fit"]

        assert (found.officers, found.pairs) == (4, 6)
        assert (found.exact, found.within_one) == (1, 4)

    def test_compares_within_one_statement_of_one_vignette_only(self):
        found = agreement([*rated([1, 1]), *rated([4, 4], vignette=2)])["time-and-fit"]

        assert (found.pairs, found.exact) == (2, 2)

    def test_themes_stand_apart(self):
        found = agreement([*rated([1, 1]), *rated([1, 4], theme="safe-base")])

        assert found["time-and-fit"].exact == 1
        assert found["safe-base"].exact == 0
        assert (found[ALL].pairs, found[ALL].exact) == (2, 1)

    def test_an_officer_who_left_a_statement_out_is_in_no_pair_there(self):
        other = [Rated(officer, 1, "cover-and-costs", "time-and-fit", 2) for officer in (0, 1)]

        found = agreement([*rated([2, 2, 2]), *other])["time-and-fit"]

        assert (found.officers, found.pairs) == (3, 4)

    @pytest.mark.parametrize(("officers", "told"), [(1, False), (2, False), (3, True)])
    def test_is_told_of_three_officers_and_more(self, officers, told):
        assert agreement(rated([3] * officers))["time-and-fit"].is_told is told

    def test_kappa_comes_with_the_thirtieth_pair(self):
        few = Agreement(4, ((14, 0, 0, 0), (0, 15, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0)))
        enough = Agreement(4, ((15, 0, 0, 0), (0, 15, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0)))

        assert (few.pairs, few.kappa) == (LEAST_PAIRS - 1, None)
        assert (enough.pairs, enough.kappa) == (LEAST_PAIRS, 1)

    def test_nothing_rated_is_nothing_to_say(self):
        assert agreement([]) == {}


LEVEL = st.integers(1, 4)
ROUNDS = st.lists(st.lists(LEVEL, min_size=8, max_size=8), min_size=2, max_size=6)  # officers × 8 statements


def of_a_round(levels):
    return [
        Rated(officer, 1, f"statement-{number}", "safe-base", level)
        for officer, row in enumerate(levels)
        for number, level in enumerate(row)
    ]


class TestProperties:
    @given(ROUNDS)
    def test_counts_are_those_of_looking_at_every_pair(self, levels):
        pairs = [pair for one, two in combinations(levels, 2) for pair in zip(one, two, strict=True)]

        found = agreement(of_a_round(levels))["safe-base"]

        assert found.pairs == len(pairs)
        assert found.exact == sum(one == two for one, two in pairs)
        assert found.within_one == sum(abs(one - two) <= 1 for one, two in pairs)

    @given(ROUNDS, st.randoms(use_true_random=False))
    def test_who_said_it_and_in_which_order_changes_nothing(self, levels, chance):
        shuffled = chance.sample(levels, len(levels))
        ratings = chance.sample(of_a_round(shuffled), len(levels) * 8)

        assert agreement(ratings) == agreement(of_a_round(levels))

    @given(ROUNDS)
    def test_kappa_is_one_exactly_when_every_pair_agrees(self, levels):
        found = agreement(of_a_round(levels))["safe-base"]
        kappa = weighted_kappa(both_ways(found.table))

        assert kappa is None or kappa <= 1
        assert (kappa == 1) == (kappa is not None and found.exact == found.pairs)


class TestNumbersInWords:
    @pytest.mark.parametrize(("part", "whole", "said"), [(0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 8, 13), (3, 3, 100)])
    def test_percent(self, part, whole, said):
        assert percent(part, whole) == said

    @pytest.mark.parametrize(
        ("number", "said"),
        [
            (Fraction(1), "1.00"),
            (Fraction(0), "0.00"),
            (Fraction(1, 8), "0.13"),
            (Fraction(-1, 3), "−0.33"),
            (Fraction(-1, 1000), "0.00"),
        ],
    )
    def test_two_places(self, number, said):
        assert two_places(number) == said
