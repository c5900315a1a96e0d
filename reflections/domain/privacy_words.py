"""Words that the gentle checks know. Small letters unless capitals matter."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Titles are written with a capital: “miss” by itself is something that one does.
TITLES = _words("Mr Mrs Ms Miss Mx Dr Mister Auntie Uncle Coach")
AFTER_TITLES = frozenset(_words("and or i but men said"))

PEOPLE = _words(
    """
    pupils? boys? girls? child children twins? lads? lass(?:ie)?s? laddies? bairns? weans? learners? students?
    mums? mummy mams? maw mothers? dads? daddy das? fathers? stepdad stepmum parents? carers? grans? granny nana papa
    grandad grandpa grandmother grandfather brothers? sisters? aunt aunty uncle cousins? sons? daughters?
    """
)

# What may follow such a word with a capital letter and is nobody's name.
NEVER_NAMES = frozenset(
    _words(
        """
        i i’m i'm i’d i'd i’ve i've i’ll i'll
        monday tuesday wednesday thursday friday saturday sunday
        january february march july september october november december
        protection planning plan plans support council councils equity voice led centred guides guide brigade scouts
        wellbeing development services parliament assistant assistants friendly minder minding health safety welfare
        poverty easter christmas halloween hogmanay ramadan eid diwali lent
        english gaelic scottish scots polish arabic french spanish ukrainian romanian urdu punjabi british irish italian
        facebook google teams glow seesaw zoom whatsapp instagram tiktok youtube snapchat roblox minecraft fortnite
        scotland england wales ireland britain europe glasgow edinburgh lanarkshire god mass church
        """
    )
)
MONTHS_THAT_ARE_NAMES = frozenset(_words("april may june august"))
MONTHS = _words(
    """
    January February March April May June July August September October November December
    Jan Feb Mar Apr Jun Jul Aug Sept? Oct Nov Dec
    """
)

# Two capital letters that schools use every day.
SHORT_WORDS = frozenset(
    _words(
        """
        PE IT TV UK EU OK AM PM HT DH PT CT SW CP PC ID RE RS QI FM DJ CD US UN NI NL SL GP AI VR HQ TA EP ED EY LA AP
        BT II IV VI IX XI PB AV ML EK FA TB UV XL XS XP PR HR VE WW AD BC BA NQ SQ SG PA CC BB LS EA
        """
    )
)

STREETS = _words(
    """
    Street Road Rd Avenue Ave Drive Crescent Terrace Lane Court Gardens Wynd Brae Loan Square Quadrant Path Grove Way
    Close Place
    """
)

ORDINALS = frozenset({"1st", "2nd", "3rd", *(f"{number}th" for number in range(10))})

POSTCODE_AREAS = frozenset(
    _words(
        """
        AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY
        G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR
        NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA
        WC WD WF WN WR WS WV YO ZE
        """
    )
)
