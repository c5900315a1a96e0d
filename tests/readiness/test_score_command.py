import io
import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from readiness.actions import publish_version
from tests.readiness.framework_texts import live_framework

pytestmark = pytest.mark.django_db


@pytest.fixture
def framework():
    version = publish_version(framework=live_framework(), by=None, now=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    return version.as_framework()


def lines_of(framework, *bases):
    return [json.dumps(dict.fromkeys(framework.positions, base)) for base in bases]


def scored(tmp_path, capsys, *lines, newline="\n"):
    """The results, what was said and how the command ended."""
    file = tmp_path / "answers.jsonl"
    file.write_text("".join(line + newline for line in lines), encoding="utf-8", newline="")
    status = 0
    try:
        call_command("score", str(file))
    except SystemExit as end:
        status = end.code
    out, err = capsys.readouterr()
    return out.splitlines(), err, status


def test_a_line_of_answers_gives_a_line_of_result(framework, tmp_path, capsys):
    results, said, status = scored(tmp_path, capsys, *lines_of(framework, 3, 2))
    assert [json.loads(result)["outcome"] for result in results] == ["ready", "ready_with_support"]
    assert results[0].startswith('{"outcome":"ready","unmet":[],"tiers":{"leadership-and-purpose":"universal",')
    assert results[0].endswith('"way_up":null}')
    assert (said, status) == ("", 0)


def test_the_standard_input(framework, monkeypatch, capsys):
    text = "\n".join(lines_of(framework, 4, 3))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    call_command("score", "-")
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_files_from_other_systems(framework, tmp_path, capsys):
    results, said, status = scored(tmp_path, capsys, "\ufeff" + lines_of(framework, 3)[0], newline="\r\n")
    assert (len(results), said, status) == (1, "", 0)


def test_a_bad_line_is_one_sentence_after_the_results_before_it(framework, tmp_path, capsys):
    good = lines_of(framework, 3)[0]
    results, said, status = scored(tmp_path, capsys, good, "{}", good)
    assert len(results) == 1
    assert said.startswith("Line 2: There is no answer for “head-leads-in-person”")
    assert said.count("\n") == 1
    assert status == 1


def test_text_that_is_not_utf_8(framework, tmp_path, capsys):
    file = tmp_path / "answers.jsonl"
    file.write_bytes(b"\xff\xfe{}\n")
    with pytest.raises(SystemExit):
        call_command("score", str(file))
    assert capsys.readouterr().err == "Line 1: This is not UTF-8 text: save the file as UTF-8.\n"


def test_a_file_that_is_not_there(framework, tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("score", str(tmp_path / "nothing"))
    assert end.value.code == 1
    assert capsys.readouterr().err.endswith("nothing cannot be read: No such file or directory.\n")


def test_nothing_is_published_yet(tmp_path, capsys):
    results, said, status = scored(tmp_path, capsys, "{}")
    assert (results, status) == ([], 1)
    assert said == "No framework version is published yet. Load one first with load_framework.\n"
