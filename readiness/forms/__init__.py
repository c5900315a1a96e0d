from readiness.forms.answers import EVIDENCE_WORDS, LastSaved, Row, StartForm, SubmitForm, Text, ThemeForm, answer_label
from readiness.forms.review import EndForm, ReplyForm, ReviewForm, SendForm, SettleForm

__all__ = [
    "EVIDENCE_WORDS",
    "EndForm",
    "LastSaved",
    "ReplyForm",
    "ReviewForm",
    "Row",
    "SendForm",
    "SettleForm",
    "StartForm",
    "SubmitForm",
    "Text",
    "ThemeForm",
    "answer_label",
]
