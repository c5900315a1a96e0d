from concurrent.futures import ThreadPoolExecutor
from itertools import count

from config.keys import kept


def test_a_key_is_made_once_and_kept(tmp_path):
    numbers = count()
    path = tmp_path / "keys" / "secret"
    assert kept(path, lambda: f"key {next(numbers)}") == "key 0"
    assert kept(path, lambda: f"key {next(numbers)}") == "key 0"


def test_only_its_owner_can_read_it(tmp_path):
    path = tmp_path / "secret"
    kept(path, lambda: "key")
    assert path.stat().st_mode & 0o777 == 0o600


def test_processes_that_start_together_agree(tmp_path):
    numbers = count()
    path = tmp_path / "secret"
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: kept(path, lambda: f"key {next(numbers)}"), range(64)))
    assert len(keys) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["secret"]
