"""Runs formtools' own session-wizard tests with our storage put in the place of its session storage.

    python tests/conformance/run_formtools.py FOLDER_WITH_FORMTOOLS_TESTS

Prints one JSON object: the name of each test, and null or its traceback. It needs a process of its own: formtools'
tests bring their own settings, Django's own user model, and a package that is called `tests` as ours is.
"""

import json
import os
import sys
import unittest
from importlib import import_module
from pathlib import Path

CASES = {
    "TestStorage": "tests.wizard.test_sessionstorage.TestSessionStorage",
    "NamedWizardTests": "tests.wizard.namedwizardtests.tests.NamedSessionWizardTests",
    "NamedFormTests": "tests.wizard.namedwizardtests.tests.NamedSessionFormTests",
    "WizardTests": "tests.wizard.wizardtests.tests.SessionWizardTests",
}


class Verdicts(unittest.TestResult):
    """Remembers what went wrong, by test."""

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__()
        self.names = names
        self.by_name: dict[str, str | None] = {}

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self.by_name[self.names[test.id()]] = None

    def stopTest(self, test: unittest.TestCase) -> None:
        super().stopTest(test)
        wrong = [trace for failed, trace in self.failures + self.errors if failed is test]
        wrong += ["It was skipped." for skipped, _reason in self.skipped if skipped is test]
        if wrong:
            self.by_name[self.names[test.id()]] = "\n".join(wrong)


def load() -> tuple[unittest.TestSuite, dict[str, str]]:
    """Give the tests and, for each, the name it is reported under."""
    suite, names = unittest.TestSuite(), {}
    for case, path in CASES.items():
        module, _, attribute = path.rpartition(".")
        for test in unittest.defaultTestLoader.loadTestsFromTestCase(getattr(import_module(module), attribute)):
            suite.addTest(test)
            names[test.id()] = f"{case}.{test._testMethodName}"
    return suite, names


def main(folder: str) -> None:
    root = Path(__file__).resolve().parents[2]
    sys.path[:0] = [folder, str(root)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "formtools_settings"

    import django
    from django.test.utils import get_runner

    django.setup()
    from django.conf import settings
    from formtools.wizard.storage import session

    from wizards.storage import DatabaseStorage

    # Nothing that asks for the session storage, by import or by its path in a string, can reach the real one now.
    session.SessionStorage = DatabaseStorage

    runner = get_runner(settings)(verbosity=0, interactive=False)
    suite, names = load()
    runner.setup_test_environment()
    databases = runner.setup_databases()
    result = Verdicts(names)
    suite.run(result)
    runner.teardown_databases(databases)
    runner.teardown_test_environment()
    json.dump(result.by_name, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
