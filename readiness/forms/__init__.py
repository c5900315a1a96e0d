from readiness.forms.answers import EVIDENCE_WORDS, StartForm, SubmitForm, Text, ThemeForm, answer_label
from readiness.forms.review import EndForm, ReplyForm, ReviewForm, SendForm, SettleForm

__all__ = [
    "EVIDENCE_WORDS",
    "EndForm",
    "ReplyForm",
    "ReviewForm",
    "SendForm",
    "SettleForm",
    "StartForm",
    "SubmitForm",
    "Text",
    "ThemeForm",
    "answer_label",
]
