import pytest

from bench.measuring import HEAD, Line, Round, kept_in, milliseconds, table


def line(*ratios, bound=None):
    return Line("Ours", "theirs", [Round(ratio * 0.01, 0.01) for ratio in ratios], bound)


def test_a_round_says_how_many_times_theirs_ours_is():
    assert Round(0.006, 0.012).ratio == 0.5


def test_the_median_of_the_ratios_counts_and_not_their_mean():
    assert line(0.5, 0.6, 9.0, 0.4, 0.7).ratio == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("ratios", "bound", "verdict", "every_round"),
    [
        ([0.6, 0.7, 0.8], 0.7, "met", False),
        ([0.6, 0.71, 0.8], 0.7, "missed", False),
        ([0.71, 0.72, 0.8], 0.7, "missed", True),
        ([0.71, 0.72, 0.8], None, "", False),
    ],
)
def test_a_promise_is_met_or_missed_by_the_median_and_firmly_by_every_round(ratios, bound, verdict, every_round):
    found = line(*ratios, bound=bound)

    assert (found.verdict, found.is_missed_in_every_round) == (verdict, every_round)


def test_a_line_is_written_with_its_spread():
    assert line(0.61, 0.6, 0.59, bound=0.7).cells == (
        "Ours",
        "theirs",
        "6.00",
        "10.0",
        "0.60",
        "0.59 to 0.61",
        "at most 0.70",
        "met",
    )
    assert len(line(1.0).cells) == len(HEAD)
    assert line(1.0).cells[-2:] == ("", "")


@pytest.mark.parametrize(("seconds", "words"), [([0.0012], "1.20"), ([0.0123, 0.0119, 0.5], "12.3"), ([0.9481], "948")])
def test_milliseconds_have_three_figures(seconds, words):
    assert milliseconds(seconds) == words


def test_a_table_lines_up_and_figures_stand_on_the_right():
    assert table(("Page", "Queries"), [("task list", "6"), ("check", "10")]) == (
        "| Page      | Queries |\n"
        "| --------- | ------: |\n"
        "| task list |       6 |\n"
        "| check     |      10 |"
    )  # fmt: skip


def test_a_run_takes_the_place_of_the_one_before():
    page = "# Performance\n\n<begin>\nold\n<end>\n\nAnd more.\n"

    assert kept_in(page, "<begin>", "<end>", "new") == "# Performance\n\n<begin>\nnew\n<end>\n\nAnd more.\n"


@pytest.mark.parametrize("page", ["nothing", "<begin> only", "<end> then <begin>"])
def test_a_page_without_its_marks_is_left_alone(page):
    with pytest.raises(ValueError, match="The page has no"):
        kept_in(page, "<begin>", "<end>", "new")
