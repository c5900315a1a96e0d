from readiness.drawn import Drawn


def test_a_thing_is_drawn_once_for_its_key():
    drawn, made = Drawn(most=3), []

    for key in ("one", "two", "one", "one"):
        assert drawn.of(key, lambda key=key: made.append(key) or key.upper()) == key.upper()

    assert made == ["one", "two"]


def test_what_has_not_been_asked_for_longest_goes_first():
    drawn, made = Drawn(most=2), []

    for key in ("one", "two", "one", "three", "one", "two"):
        drawn.of(key, lambda key=key: made.append(key))

    assert made == ["one", "two", "three", "two"]


def test_what_could_not_be_drawn_is_tried_again():
    drawn = Drawn(most=2)
    try:
        drawn.of("one", lambda: 1 / 0)
    except ZeroDivisionError:
        assert drawn.of("one", lambda: "now") == "now"
