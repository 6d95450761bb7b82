"""What a disk holds after a cut: from the lines of the recorder to the bytes that are certain, and those that are not."""

import random

import pytest

from harness import disk

A, B = b"a" * 4096, b"b" * 4096
FILE = "/var/f"


def lines(*calls, pid=7):
    return [f"{pid}  {100 + number}.000001 {call}" for number, call in enumerate(calls)]


def write(data, place, file=FILE):
    return f'pwrite64(3<{file}>, "{data}", {len(data)}, {place}) = {len(data)}'


def tape(*deeds):
    """Deeds one after the other, a line each."""
    made = [
        disk.Deed(FILE, what, line, line, *more) for line, (what, *more) in enumerate(deeds)
    ]  # fmt: skip
    return disk.Tape(made, [float(line) for line in range(len(made) + 1)])


def after(told, line, seed=1, base=None):
    return disk.after_a_cut(told, base or {}, line, random.Random(seed)).get(FILE)


def test_a_line_of_the_recorder_is_a_deed():
    read = disk.of_lines(
        lines(
            write(r"ab", 5),
            "fdatasync(3</var/f>) = 0",
            "ftruncate(3</var/f>, 8) = 0",
            'unlink("/var/f") = 0',
            "+++ exited with 0 +++",
        )
    )

    assert [(each.what, each.place, each.data) for each in read.deeds] == [
        ("write", 5, b"ab"),
        ("sync", 0, b""),
        ("size", 8, b""),
        ("gone", 0, b""),
    ]
    assert len(read.moments) == 5


def test_bytes_are_read_as_they_were_written():
    said = r'pwrite64(3</var/f>, "\0\3777\t\"\\\0101", 8, 0) = 8'

    assert disk.of_lines(lines(said)).deeds[0].data == b'\x00\xff7\t"\\\x081'


def test_a_call_that_another_one_interrupts_ends_where_it_is_resumed():
    told = [
        '1  100.1 pwrite64(3</var/f>, "ab", 2, 0 <unfinished ...>',
        "2  100.2 fdatasync(4</var/f>) = 0",
        "1  100.3 <... pwrite64 resumed>) = 2",
    ]

    sync, written = disk.of_lines(told).deeds

    assert (sync.what, sync.begun, sync.ended) == ("sync", 1, 1)
    assert (written.what, written.begun, written.ended, written.data) == ("write", 0, 2, b"ab")


def test_what_failed_was_not_done():
    assert disk.of_lines(lines('unlink("/var/f") = -1 ENOENT (No such file)')).deeds == []


@pytest.mark.parametrize("seed", range(20))
def test_what_was_synced_is_certain(seed):
    told = tape(("write", 0, A), ("sync",), ("write", 0, B))

    assert after(told, 1, seed) == A


@pytest.mark.parametrize("seed", range(20))
def test_a_sync_keeps_only_what_was_written_before_it_began(seed):
    """The second write ended while the sync was under way: the disk may have it or not."""
    deeds = [
        disk.Deed(FILE, "write", 0, 0, 0, A),
        disk.Deed(FILE, "write", 2, 2, 4096, B),
        disk.Deed(FILE, "sync", 1, 3),
    ]
    told = disk.Tape(deeds, [0.0, 1.0, 2.0, 3.0, 4.0])
    found = {after(told, 3, each)[4096:] for each in range(seed, seed + 40)}

    assert after(told, 3, seed)[:4096] == A
    assert len(found) > 1


def test_without_a_sync_some_disks_hold_nothing_some_all_and_some_a_torn_page():
    found = {after(tape(("write", 0, A)), 0, seed) for seed in range(60)}

    assert {b"", A} <= found
    assert any(each not in (b"", A) and set(each) <= set(b"a\x00") for each in found)


def test_a_cut_leaves_out_what_came_after_it():
    told = tape(("write", 0, A), ("sync",), ("write", 0, B), ("sync",))

    assert after(told, 1) == A
    assert after(told, 3) == B


def test_a_file_made_anew_is_not_kept_by_the_syncs_of_the_old_one():
    told = tape(("write", 0, A), ("sync",), ("gone",), ("write", 0, B))

    assert {after(told, 3, seed) for seed in range(60)} >= {b"", B}
    assert after(told, 2) is None


def test_what_lay_on_the_disk_before_is_there_and_is_cut_short_where_it_was():
    assert after(tape(("size", 2), ("sync",)), 1, base={FILE: b"abcd"}) == b"ab"
