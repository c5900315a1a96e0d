"""formtools' own tests of a wizard with a session, run with `DatabaseStorage` in the place of its session storage."""

import pytest

TESTS = [
    "NamedFormTests.test_revalidation",
    "NamedWizardTests.test_cleaned_data",
    "NamedWizardTests.test_form_finish",
    "NamedWizardTests.test_form_jump",
    "NamedWizardTests.test_form_post_error",
    "NamedWizardTests.test_form_post_success",
    "NamedWizardTests.test_form_reset",
    "NamedWizardTests.test_form_stepback",
    "NamedWizardTests.test_initial_call",
    "NamedWizardTests.test_initial_call_with_params",
    "NamedWizardTests.test_manipulated_data",
    "TestStorage.test_current_step",
    "TestStorage.test_extra_context",
    "TestStorage.test_extra_context_key_persistence",
    "TestStorage.test_reset_deletes_tmp_files",
    "TestStorage.test_step_data",
    "WizardTests.test_cleaned_data",
    "WizardTests.test_form_finish",
    "WizardTests.test_form_post_error",
    "WizardTests.test_form_post_mgmt_data_missing",
    "WizardTests.test_form_post_success",
    "WizardTests.test_form_refresh",
    "WizardTests.test_form_stepback",
    "WizardTests.test_initial_call",
    "WizardTests.test_manipulated_data",
    "WizardTests.test_template_context",
]


@pytest.mark.parametrize("name", TESTS)
def test_formtools_own_test_holds_for_our_storage(verdicts, name):
    verdict = verdicts.get(name, "It did not run.")
    assert verdict is None, verdict


def test_no_test_of_formtools_is_left_out(verdicts):
    assert sorted(verdicts) == TESTS
