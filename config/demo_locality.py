"""More schools of the demo story: Calderbrae has fourteen, so that its page, and what is told of it, are as in life."""

from datetime import datetime

from accounts.models import User
from config.demo import CALDERBRAE, STRATHMOSS, Tale
from support.actions import set_places
from support.models import Offer
from support.overview import demand

PRIMARY = ("primary",)
WITH_NURSERY = ("pre_school", "primary")

NEIGHBOURS = (
    Tale("9900134", "Corbiestane School", CALDERBRAE, ("special",), ("Iain", "Purdie"), 48,
         until="agreed", example="ready-with-low-starting-points", last_session="strong-but-no-room"),
    Tale("9900142", "Dunlarach Primary School", CALDERBRAE, PRIMARY, ("Sheila", "Bain"), 166,
         until="agreed", example="strong-but-no-room", last_session="early-days"),
    Tale("9900150", "Pipershaugh Primary School", CALDERBRAE, WITH_NURSERY, ("Owen", "Teague"), 302,
         until="agreed", example="all-in-place", last_session="ready-with-low-starting-points"),
    Tale("9900169", "Quillburn Primary School", CALDERBRAE, PRIMARY, ("Agnes", "Rennie"), 121,
         until="in_review", example="early-days", last_session="early-days"),
    Tale("9900177", "Sparrowmuir Primary School", CALDERBRAE, PRIMARY, ("Bilal", "Hussain"), 254,
         until="submitted", example="does-not-apply-and-one-unmet", last_session="strong-but-no-room"),
    Tale("9900185", "Tansyknowe Primary School", CALDERBRAE, WITH_NURSERY, ("Una", "Galbraith"), 198,
         until="few", last_session="all-in-place"),
    Tale("9900193", "Wrenholm Primary School", CALDERBRAE, PRIMARY, ("Stuart", "Ogilvie"), 73,
         last_session="strong-but-no-room"),
    Tale("9900207", "Yarrowfauld High School", CALDERBRAE, ("secondary",), ("Ngozi", "Adeyemi"), 811,
         last_session="early-days"),
    Tale("9900215", "Fieldfare Linn Primary School", STRATHMOSS, PRIMARY, ("Grant", "Mowat"), 140,
         last_session="ready-with-low-starting-points"),
    Tale("9900223", "Merlinshaw Primary School", STRATHMOSS, PRIMARY, ("Elspeth", "Kidd"), 215,
         last_session="all-in-place"),
    Tale("9900231", "Osprey Linn Primary School", STRATHMOSS, WITH_NURSERY, ("Rafal", "Zielinski"), 187,
         last_session="does-not-apply-and-one-unmet"),
    Tale("9900240", "Thistlecairn Primary School", STRATHMOSS, PRIMARY, ("Moira", "Lennox"), 64,
         until="agreed", example="two-unknown-in-one-theme", last_session="early-days"),
)  # fmt: skip

PLACES = {"tf-t1": 4, "tf-i1": 3, "tf-i2": 4, "lp-i1": 2, "sl-u1": 30}
"""By the code of an offer: so many schools can have it this term. Of the first, fewer than need it."""


def enter_places(*, by: User, now: datetime) -> None:
    """Say how many places some offers have, this term and the next, where the terms are known."""
    offers = {offer: PLACES[offer.code] for offer in Offer.objects.current().filter(code__in=PLACES)}
    for term in demand.terms(now.date()):
        if term is not None:
            set_places(term=term, places=dict(offers), by=by, now=now)
