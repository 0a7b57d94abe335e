import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading

import numpy as np
import pytest

from autorev_lib.serving.feedback import FILE_NAME, Store, StoreError, opened

POSIX_ONLY = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and resource limits")


def image(seed):
    return np.random.default_rng(seed).integers(0, 256, (28, 28), dtype=np.uint8)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "feedback.sqlite3"


@pytest.fixture
def store(path):
    store = Store(path)
    yield store
    store.close()


def pending(path):
    """The corrections that nobody has looked at, read as a command reads them."""
    with opened(path.parent) as store:
        return store.corrections("digits", approved=None)


def start(code, path):
    """Start a Python process on a store; `path` and `image` are known in its code."""
    head = f"""
        import sys
        import numpy as np
        from autorev_lib.serving.feedback import Store, StoreError

        path = {str(path)!r}

        def image(seed):
            return np.random.default_rng(seed).integers(0, 256, (28, 28), dtype=np.uint8)
    """
    command = [sys.executable, "-c", textwrap.dedent(head) + textwrap.dedent(code)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_what_was_added_is_read_back(store):
    first = store.add_correction("digits", 1, image(1), label=7, predicted=1)
    second = store.add_correction("digits", 2, image(2), label=np.uint8(3), predicted=np.int64(8))
    assert second > first
    found = store.corrections("digits", None)
    assert np.array_equal(found.images, [image(1), image(2)]) and found.images.dtype == np.uint8
    assert (found.labels.tolist(), found.predicted.tolist(), found.versions.tolist()) == (
        [7, 3],
        [1, 8],
        [1, 2],
    )
    assert store.recent_corrections("digits", 1).labels.tolist() == [3]
    assert store.recent_corrections("digits", 9).labels.tolist() == [3, 7]
    assert store.count_corrections("digits") == 2


def test_an_empty_store_gives_empty_arrays(store):
    found = store.corrections("digits", None)
    assert found.images.shape == (0, 28, 28)
    assert [array.shape for array in found[1:]] == [(0,)] * 5
    assert [array.shape for array in store.samples("digits", 1, 2)] == [(0,)] * 4
    assert store.recent_corrections("digits", 5).labels.shape == (0,)
    assert store.count_corrections("digits") == 0


def test_reading_makes_no_file_and_writes_nothing(store, path):
    assert pending(path).labels.shape == (0,)
    assert store.count_corrections("digits") == 0
    assert list(path.parent.iterdir()) == []
    store.add_correction("digits", 1, image(1), 7, 1)
    store.close()
    before = path.read_bytes()
    assert path.name == FILE_NAME and pending(path).labels.tolist() == [7]
    assert path.read_bytes() == before


def test_a_file_that_was_moved_away_takes_no_more_corrections(store, path):
    store.add_correction("digits", 1, image(1), 7, 1)
    path.rename(path.with_name("kept.sqlite3"))
    assert store.count_corrections("digits") == 0
    assert store.add_correction("digits", 1, image(2), 3, 1) == 1
    store.close()
    assert pending(path).labels.tolist() == [3]


def test_trouble_is_remembered_until_a_correction_is_kept(path):
    path.mkdir()
    store = Store(path)
    with pytest.raises(StoreError):
        store.count_corrections("digits")
    assert "Cure:" in store.trouble
    path.rmdir()
    assert store.count_corrections("digits") == 0 and store.trouble
    store.add_correction("digits", 1, image(1), 7, 1)
    assert store.trouble is None
    store.close()


def test_models_do_not_mix(store):
    store.add_correction("digits", 1, image(1), 7, 1)
    store.add_correction("letters", 1, image(2), 3, 4)
    assert store.corrections("digits", None).labels.tolist() == [7]
    assert store.recent_corrections("letters", 5).labels.tolist() == [3]
    assert store.count_corrections("letters") == 1


def test_of_an_image_that_was_corrected_again_the_last_word_counts_at_the_first_place(store):
    for seed, label in ((1, 7), (2, 3), (1, 4), (3, 5)):
        store.add_correction("digits", 1, image(seed), label, 0)
    found = store.corrections("digits", None)
    assert found.labels.tolist() == [4, 3, 5]
    assert np.array_equal(found.images, [image(1), image(2), image(3)])
    assert store.count_corrections("digits") == 4


def test_everything_is_there_after_opening_again(store, path):
    store.add_correction("digits", 1, image(1), 7, 1)
    store.close()
    again = Store(path)
    assert again.corrections("digits", None).labels.tolist() == [7]
    again.close()


def test_the_disk_has_each_correction_before_it_is_acknowledged(path, monkeypatch):
    """What kill -9 cannot show, because the system still writes it: a commit waits for the disk."""
    statements, opened, connect = [], [], sqlite3.connect

    def watched(*arguments, **options):
        opened.append(connect(*arguments, **options))
        opened[0].set_trace_callback(statements.append)
        return opened[0]

    monkeypatch.setattr(sqlite3, "connect", watched)
    store = Store(path)
    store.add_correction("digits", 1, image(0), 7, 1)
    assert opened[0].execute("PRAGMA synchronous").fetchone() == (2,)
    assert opened[0].execute("PRAGMA journal_mode").fetchone() == ("wal",)
    statements.clear()
    store.add_correction("digits", 1, image(1), 7, 1)
    assert statements[-1] == "COMMIT"
    store.close()


@POSIX_ONLY
@pytest.mark.parametrize("acknowledged", [1, 7, 40])
def test_what_was_acknowledged_survives_a_kill(path, acknowledged):
    code = """
        store = Store(path)
        for seed in range(100_000):
            print(store.add_correction("digits", 1, image(seed), seed % 10, 0), flush=True)
    """
    with start(code, path) as child:
        numbers = [int(child.stdout.readline()) for _ in range(acknowledged)]
        child.send_signal(signal.SIGKILL)
        numbers += map(int, child.stdout.read().split())
    assert child.returncode == -signal.SIGKILL
    store = Store(path)
    found = store.corrections("digits", None)
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(found.labels) - len(numbers) in (0, 1)  # one more may have been kept, but not yet told
    for seed in range(len(found.labels)):
        assert found.labels[seed] == seed % 10 and np.array_equal(found.images[seed], image(seed))
    assert store.add_correction("digits", 1, image(0), 1, 0) == len(found.labels) + 1
    store.close()


@POSIX_ONLY
def test_a_full_disk_loses_nothing_and_space_cures_it(path):
    code = """
        import resource
        store = Store(path)
        limit = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limit[1]))
        kept = 0
        try:
            for seed in range(1000):
                store.add_correction("digits", 1, image(seed), seed % 10, 0)
                kept += 1
        except StoreError as error:
            print(kept, error, sep="|")
        print(len(store.corrections("digits", None).labels))
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        print(store.add_correction("digits", 1, image(kept), 5, 0))
    """
    with start(code, path) as child:
        out, err = child.communicate(timeout=60)
    assert (err, child.returncode) == ("", 0)
    refusal, *rest = out.splitlines()
    kept, message = refusal.split("|")
    assert int(kept) > 10
    assert message.startswith(f"{path}: ") and "Cure: free some space" in message
    assert rest == [kept, str(int(kept) + 1)]
    store = Store(path)
    assert store.corrections("digits", None).labels.tolist() == [*(s % 10 for s in range(int(kept))), 5]
    store.close()


def test_several_processes_write_at_once(path):
    code = """
        store = Store(path)  # made by whoever is first
        for seed in range(20):
            store.add_correction("digits", 1, image(seed), seed % 10, 0)
    """
    for child in [start(code, path) for _ in range(3)]:
        with child:
            assert child.communicate(timeout=60) == ("", "")
            assert child.returncode == 0
    store = Store(path)
    assert store.count_corrections("digits") == 60
    store.close()


def test_a_file_that_another_process_is_making_is_waited_for(path, monkeypatch):
    """SQLite refuses to choose write-ahead logging at once, without waiting, while another process does."""
    refusals = iter([True, True, False])
    ask = Store._ask

    def ask_while_busy(self, pragma):
        if pragma == "journal_mode = WAL" and next(refusals):
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error
        return ask(self, pragma)

    monkeypatch.setattr(Store, "_ask", ask_while_busy)
    store = Store(path)
    assert store.add_correction("digits", 1, image(1), 7, 1) == 1
    store.close()


def test_many_threads_write_at_once(store):
    def write(thread):
        for i in range(20):
            store.add_correction("digits", thread, image(100 * thread + i), i % 10, 0)
            store.count_corrections("digits")

    threads = [threading.Thread(target=write, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert np.bincount(store.corrections("digits", None).versions).tolist() == [20] * 8


def test_a_clock_that_is_put_back_changes_nothing(store, path):
    for seed in range(4):
        store.add_correction("digits", 1, image(seed), seed, 0)
        with sqlite3.connect(path) as other:  # each row an hour before the one before
            other.execute(
                "UPDATE corrections SET created = datetime('now', ?) WHERE id = ?",
                (f"-{seed} hours", seed + 1),
            )
        other.close()
    assert store.corrections("digits", None).labels.tolist() == [0, 1, 2, 3]
    assert store.recent_corrections("digits", 2).labels.tolist() == [3, 2]


@pytest.mark.parametrize("content", [b"no database at all" * 500, b"SQLite format 3\0" + bytes(5000)])
def test_a_file_that_is_no_store_stays_as_it_is(path, content):
    path.write_bytes(content)
    for use in (pending, lambda path: Store(path).add_correction("digits", 1, image(1), 7, 1)):
        with pytest.raises(StoreError, match=r"(malformed|not a database).*Cure: move the file away"):
            use(path)
    assert path.read_bytes() == content


def test_a_damaged_store_is_refused_and_kept(store, path):
    for seed in range(50):
        store.add_correction("digits", 1, image(seed), 7, 1)
    store.close()
    content = bytearray(path.read_bytes())
    content[4096:12288] = b"\xa5" * 8192
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"(damaged|malformed).*Cure: move the file away.*corrections"):
        pending(path)
    assert path.read_bytes() == content


def test_damage_while_it_is_open_is_an_error_of_the_store(path):
    store = Store(path)
    for seed in range(50):
        store.add_correction("digits", 1, image(seed), 7, 1)
    store.close()
    store = Store(path)
    with sqlite3.connect(path) as other:  # more than SQLite keeps in memory
        other.execute(
            "INSERT INTO corrections (model, version, image, label, predicted) "
            "SELECT a.model, 1, a.image, 7, 1 FROM corrections a, corrections b, corrections c LIMIT 5000"
        )
    other.close()
    assert store.count_corrections("digits") == 5050
    with open(path, "r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xa5" * (path.stat().st_size - 4096))
    with pytest.raises(StoreError, match="malformed"):
        store.corrections("digits", None)
    store.close()


def test_the_database_of_something_else_is_refused(path):
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE addresses (name TEXT)")
    other.execute("INSERT INTO addresses VALUES ('Ada')")
    other.commit()
    with pytest.raises(StoreError, match="expected corrections, found another SQLite database"):
        pending(path)
    assert other.execute("SELECT name FROM addresses").fetchall() == [("Ada",)]
    other.close()


def test_a_lock_that_stays_is_named(store, path, monkeypatch):
    impatient = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **options: impatient(*a, **options | {"timeout": 0.1}))
    second = Store(path)
    store.add_correction("digits", 1, image(1), 7, 1)
    blocker = impatient(path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match=r"locked.*Cure: end the other process"):
        second.add_correction("digits", 1, image(2), 7, 1)
    assert second.count_corrections("digits") == 1  # reading goes on
    blocker.execute("ROLLBACK")
    blocker.close()
    assert second.add_correction("digits", 1, image(2), 7, 1) == 2
    second.close()


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(StoreError, match=r"unable to open.*Cure: see that its folder exists"):
        Store(tmp_path / "missing" / FILE_NAME).add_correction("digits", 1, image(1), 7, 1)
    with pytest.raises(StoreError, match="unable to open"):
        Store(tmp_path).count_corrections("digits")


def test_a_closed_store_is_opened_again(store):
    store.add_correction("digits", 1, image(1), 7, 1)
    store.close()
    store.close()
    assert store.count_corrections("digits") == 1


def test_a_file_of_format_1_is_brought_up_to_date_and_loses_nothing(path):
    """The first edition's file held a second table, which nobody read."""
    old = sqlite3.connect(path)
    old.execute(
        "CREATE TABLE corrections (id INTEGER PRIMARY KEY AUTOINCREMENT, created TEXT NOT NULL DEFAULT "
        "CURRENT_TIMESTAMP, model TEXT NOT NULL, version INTEGER NOT NULL, image BLOB NOT NULL, "
        "label INTEGER NOT NULL, predicted INTEGER NOT NULL)"
    )
    old.execute("CREATE TABLE samples (id INTEGER PRIMARY KEY)")
    row = (
        "INSERT INTO corrections (created, model, version, image, label, predicted) VALUES (?, ?, ?, ?, ?, ?)"
    )
    old.execute(row, ("2026-01-02 03:04:05", "digits", 1, image(1).tobytes(), 7, 1))
    old.execute("INSERT INTO samples VALUES (5)")
    old.execute(f"PRAGMA application_id = {0x61757472}")
    old.execute("PRAGMA user_version = 1")
    old.commit()

    found = pending(path)
    assert (found.labels.tolist(), found.numbers.tolist(), found.sessions.tolist()) == ([7], [1], [""])
    assert np.array_equal(found.images, [image(1)])
    assert old.execute("SELECT created FROM corrections").fetchall() == [("2026-01-02 03:04:05",)]
    assert old.execute("SELECT id FROM samples").fetchall() == [(5,)]
    old.execute(row, ("now", "digits", 1, image(2).tobytes(), 3, 1))  # by a server that runs on from before
    old.commit()
    old.close()
    store = Store(path)
    assert store.corrections("digits", None).labels.tolist() == [7, 3]
    store.add_sample("digits", 1, 2, "s", image(3), 4, 4, 5)
    assert store.count_samples("digits", 1, 2) == 1
    store.close()


def test_a_file_of_a_newer_format_stays_as_it_is(store, path):
    store.add_correction("digits", 1, image(1), 7, 1)
    store.close()
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 3")
    with pytest.raises(StoreError, match=r"expected format 2, received 3\. Cure: use the newer edition"):
        pending(path)


def test_samples_belong_to_two_versions(store):
    store.add_sample("digits", 1, 2, "a", image(1), label=7, champion_read=1, shadow_read=7)
    store.add_sample("digits", 1, 2, "b", image(2), label=3, champion_read=3, shadow_read=-1)
    store.add_sample("digits", 2, 1, "a", image(3), 4, 4, 4)
    store.add_sample("letters", 1, 2, "a", image(4), 4, 4, 4)
    found = store.samples("digits", 1, 2)
    assert [array.tolist() for array in found] == [["a", "b"], [7, 3], [1, 3], [7, -1]]
    assert (store.count_samples("digits", 1, 2), store.count_samples("digits", 2, 1)) == (2, 1)
    assert store.count_corrections("digits") == 0


def test_what_a_person_decided_on_counts(store):
    for seed, label in ((1, 7), (2, 3), (1, 4), (3, 5), (4, 6), (3, 9)):
        store.add_correction("digits", 1, image(seed), label, 0, session="s")
    store.add_correction("letters", 1, image(9), 1, 0)
    assert store.corrections("digits", None).numbers.tolist() == [3, 2, 6, 5]
    assert store.review("digits", [(3, 4)], True) == 3  # 1 is of the image of 3; 6 came after 4
    assert store.review("digits", [(2, 2), (7, 99)], False) == 1
    approved, rejected, undecided = (store.corrections("digits", state) for state in (True, False, None))
    assert (approved.labels.tolist(), approved.numbers.tolist()) == ([4, 5], [3, 4])
    assert (rejected.numbers.tolist(), undecided.numbers.tolist()) == ([2], [5, 6])
    assert store.review("digits", [(4, 4)], False) == 1  # the last word counts
    assert store.corrections("digits", True).numbers.tolist() == [3]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (np.zeros((28, 28, 1), np.uint8), r"received uint8 of shape \(28, 28, 1\)"),
        (np.zeros((28, 28)), "received float64"),
        ([[0]], "received int64"),
    ],
)
def test_a_bad_image_is_named_and_nothing_is_kept(store, bad, message):
    with pytest.raises(ValueError, match=f"image: expected uint8 of shape .28, 28., {message}"):
        store.add_correction("digits", 1, bad, 7, 1)
    assert store.count_corrections("digits") == 0
