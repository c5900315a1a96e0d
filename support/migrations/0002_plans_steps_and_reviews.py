# Plans: their themes, help, steps and reviews; drafts of plans; private calendar addresses.

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("readiness", "0002_documents_keep_their_order"),
        ("support", "0001_offer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True, verbose_name="hash of the token")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar address",
                "verbose_name_plural": "calendar addresses",
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stop_or_pause", models.TextField(blank=True, verbose_name="what the school stops or pauses")),
                ("agreed_at", models.DateTimeField(verbose_name="agreed at")),
                (
                    "agreed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "audit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan", to="readiness.audit"
                    ),
                ),
            ],
            options={
                "verbose_name": "plan",
                "verbose_name_plural": "plans",
            },
        ),
        migrations.CreateModel(
            name="PlanTheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("theme", models.SlugField(max_length=100, verbose_name="theme")),
                ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                (
                    "tier_calculated",
                    models.CharField(
                        choices=[("universal", "Universal"), ("targeted", "Targeted"), ("intensive", "Intensive")],
                        max_length=20,
                        verbose_name="tier calculated",
                    ),
                ),
                (
                    "tier_agreed",
                    models.CharField(
                        choices=[("universal", "Universal"), ("targeted", "Targeted"), ("intensive", "Intensive")],
                        max_length=20,
                        verbose_name="tier agreed",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="why the tier differs")),
                (
                    "review_on",
                    models.DateField(blank=True, null=True, verbose_name="when the difference is looked at again"),
                ),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="started on")),
                (
                    "slot",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="place among the intensive ones"
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="themes", to="support.plan"
                    ),
                ),
            ],
            options={
                "verbose_name": "theme of a plan",
                "verbose_name_plural": "themes of plans",
            },
        ),
        migrations.CreateModel(
            name="ChosenOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begun_on", models.DateField(blank=True, null=True, verbose_name="begun on")),
                ("finished_on", models.DateField(blank=True, null=True, verbose_name="finished on")),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="chosen", to="support.offer"
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="chosen", to="support.plantheme"
                    ),
                ),
            ],
            options={
                "verbose_name": "chosen offer",
                "verbose_name_plural": "chosen offers",
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("planned_on", models.DateField(verbose_name="planned on")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="held on")),
                ("note", models.TextField(blank=True, verbose_name="what it said")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("carry_on", "The support goes on as agreed."),
                            ("far_enough", "The support closed: the theme is far enough on."),
                            ("by_agreement", "The support closed by agreement."),
                        ],
                        max_length=20,
                        verbose_name="what follows",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="support.plantheme"
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a theme",
                "verbose_name_plural": "reviews of themes",
            },
        ),
        migrations.CreateModel(
            name="ReviewedLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("statement", models.SlugField(max_length=100, verbose_name="statement")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(4),
                        ],
                        verbose_name="level",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="levels", to="support.review"
                    ),
                ),
            ],
            options={
                "verbose_name": "level at a review",
                "verbose_name_plural": "levels at reviews",
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "owner",
                    models.CharField(
                        choices=[("school", "The school"), ("officer", "The locality support officer")],
                        max_length=10,
                        verbose_name="whose step it is",
                    ),
                ),
                ("who", models.CharField(max_length=100, verbose_name="who does it")),
                ("text", models.TextField(verbose_name="what is to be done")),
                ("due_on", models.DateField(verbose_name="by when")),
                (
                    "statement",
                    models.SlugField(blank=True, max_length=100, verbose_name="the statement that it should move"),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(4),
                        ],
                        verbose_name="to which level",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("to_do", "To do"), ("done", "Done"), ("dropped", "Dropped")],
                        default="to_do",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("outcome", models.TextField(blank=True, verbose_name="what happened")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="revision")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="support.offer",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="support.plantheme"
                    ),
                ),
            ],
            options={
                "verbose_name": "step",
                "verbose_name_plural": "steps",
            },
        ),
        migrations.CreateModel(
            name="PlanDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("theme", models.SlugField(blank=True, max_length=100, verbose_name="theme")),
                ("document", models.JSONField(verbose_name="what is chosen")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="revision")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plan_drafts", to="readiness.audit"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of a plan",
                "verbose_name_plural": "drafts of plans",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("audit", "theme"),
                        name="plan_draft_once_per_theme",
                        violation_error_message="This theme has been saved already.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="plantheme",
            constraint=models.UniqueConstraint(
                fields=("plan", "theme"),
                name="plan_theme_once_per_plan",
                violation_error_message="This theme is in the plan already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plantheme",
            constraint=models.UniqueConstraint(
                fields=("plan", "place"),
                name="plan_theme_one_in_each_place",
                violation_error_message="Another theme has this place in the agreed order.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plantheme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tier_agreed__in", ["universal", "targeted", "intensive"]),
                    ("tier_calculated__in", ["universal", "targeted", "intensive"]),
                ),
                name="plan_theme_tiers_exist",
                violation_error_message="Choose a tier: universal, targeted or intensive.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plantheme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tier_agreed", models.F("tier_calculated")),
                    models.Q(models.Q(("reason", ""), _negated=True), ("review_on__isnull", False)),
                    _connector="OR",
                ),
                name="plan_theme_difference_has_reason_and_review",
                violation_error_message="This tier is not the one that the answers give. Say why, and on which day you look at it again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plantheme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("started_on__isnull", False),
                    ("closed_on__isnull", False),
                    ("tier_agreed", "intensive"),
                    _connector="OR",
                ),
                name="plan_theme_only_intensive_waits",
                violation_error_message="Only an intensive theme waits. Give the others the day on which they begin.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plantheme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("started_on__isnull", True),
                    ("closed_on__isnull", True),
                    ("closed_on__gte", models.F("started_on")),
                    _connector="OR",
                ),
                name="plan_theme_closes_after_it_starts",
                violation_error_message="A theme closes after it begins. Check the two dates.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plantheme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_by__isnull", True), ("closed_on__isnull", True)),
                    models.Q(("closed_by__isnull", False), ("closed_on__isnull", False)),
                    _connector="OR",
                ),
                name="plan_theme_closed_on_and_by",
                violation_error_message="Say who closed the theme, and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plantheme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_on__isnull", True),
                        ("started_on__isnull", False),
                        ("tier_agreed", "intensive"),
                        ("slot__in", [1, 2]),
                        ("slot__isnull", False),
                    ),
                    models.Q(
                        models.Q(
                            models.Q(("tier_agreed", "intensive"), _negated=True),
                            ("started_on__isnull", True),
                            ("closed_on__isnull", False),
                            _connector="OR",
                        ),
                        ("slot__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="plan_theme_slot_when_intensive_now",
                violation_error_message="An intensive theme that has begun has a place among the two. Others have none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plantheme",
            constraint=models.UniqueConstraint(
                condition=models.Q(("slot__isnull", False)),
                fields=("plan", "slot"),
                name="plan_theme_two_intensive_at_most",
                violation_error_message="At most two themes are intensive at one time. This one begins when one of them closes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="chosenoffer",
            constraint=models.UniqueConstraint(
                fields=("theme", "offer"),
                name="chosen_offer_once_per_theme",
                violation_error_message="This help has been chosen already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="chosenoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_on__isnull", True),
                    models.Q(("begun_on__isnull", False), ("finished_on__gte", models.F("begun_on"))),
                    _connector="OR",
                ),
                name="chosen_offer_finishes_after_it_begins",
                violation_error_message="Help is finished after it has begun. Check the two dates.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", ""), ("held_by__isnull", True), ("held_on__isnull", True), ("note", "")),
                    models.Q(
                        ("decision__in", ["carry_on", "far_enough", "by_agreement"]),
                        ("held_by__isnull", False),
                        ("held_on__isnull", False),
                        models.Q(("note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="review_held_says_who_and_what",
                violation_error_message="A review that was held says when, by whom, what it said and what follows.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                condition=models.Q(("held_on__isnull", True)),
                fields=("theme",),
                name="review_one_planned_per_theme",
                violation_error_message="The next review of this theme is planned already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewedlevel",
            constraint=models.UniqueConstraint(
                fields=("review", "statement"),
                name="reviewed_level_once_per_statement",
                violation_error_message="This statement has a level in this review already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewedlevel",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__gte", 1), ("level__lte", 4)),
                name="reviewed_level_one_to_four",
                violation_error_message="A level is 1, 2, 3 or 4.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner__in", ["school", "officer"])),
                name="step_owner_exists",
                violation_error_message="Choose whose step it is: the school’s or the officer’s.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["to_do", "done", "dropped"])),
                name="step_status_exists",
                violation_error_message="A step is to do, done or dropped.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), models.Q(("who", ""), _negated=True)),
                name="step_says_what_and_who",
                violation_error_message="Say what is to be done, and who does it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_on__isnull", False), ("status", "done")),
                    models.Q(models.Q(("status", "done"), _negated=True), ("done_on__isnull", True)),
                    _connector="OR",
                ),
                name="step_done_when_done_on",
                violation_error_message="A step that is done has the day on which it was done. Others have none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "to_do"), models.Q(("outcome", ""), _negated=True), _connector="OR"),
                name="step_says_what_happened",
                violation_error_message="Say in a line what happened.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level__isnull", True), ("statement", "")),
                    models.Q(models.Q(("statement", ""), _negated=True), ("level__isnull", False)),
                    _connector="OR",
                ),
                name="step_statement_and_level",
                violation_error_message="Choose the statement and the level that it should reach, or neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level__isnull", True), models.Q(("level__gte", 1), ("level__lte", 4)), _connector="OR"
                ),
                name="step_level_one_to_four",
                violation_error_message="A level is 1, 2, 3 or 4.",
            ),
        ),
    ]
