"""What is looked at before anything is unpacked: an upload may be the wrong file, or meant to do harm."""

import os
import struct
import zipfile
from typing import BinaryIO

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE  # the contact list of October 2024 has 0.5 MB
LARGEST_UNPACKED = 60 * MEGABYTE  # it unpacks to 3.3 MB, by 15 to 1 at the most
LARGEST_PART_UNASKED = MEGABYTE  # smaller parts may be packed as tightly as they like
TIGHTEST_PACKING = 100
MOST_PARTS = 1000
LARGEST_DIRECTORY = 200_000

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
END_OF_DIRECTORY = b"PK\x05\x06"
ZIP64_LOCATOR = b"PK\x06\x07"
WORKBOOK_PARTS = ("xl/workbook.xml", "[Content_Types].xml")

NOT_XLSX = "This is not an Excel workbook (.xlsx). Choose the .xlsx file that was published."
DAMAGED = (
    "This workbook cannot be read: it is damaged. Download it again, or open it in Excel and save a copy as .xlsx."
)
LOCKED = "This workbook is locked with a password. Open it in Excel, save a copy without a password, and use the copy."
OLD_KIND = (
    "This is a workbook of another kind. Open it in Excel, save a copy as “Excel Workbook (.xlsx)”, and use the copy."
)
BOMB = (
    "This file unpacks to far more than a list of schools holds, so it was not opened. "
    "Download the published file again."
)


class WrongFile(Exception):
    """The message is one sentence or two for the person who chose the file: what is wrong, and what to do."""


def check(file: BinaryIO) -> None:
    """Refuse a file that is not a workbook, is too large, is locked, or unpacks to too much. Nothing is unpacked here.

    Raises:
        WrongFile: with what to do instead.
    """
    file.seek(0, os.SEEK_END)
    size = file.tell()
    if size > LARGEST_FILE:
        raise WrongFile(
            f"This file has {size / MEGABYTE:.0f} MB. A list of schools has 1 MB or so, and {LARGEST_FILE // MEGABYTE} "
            "MB at the most. Choose the .xlsx file that was published."
        )
    file.seek(0)
    start = file.read(8)
    if start == OLE:
        raise WrongFile(LOCKED if ENCRYPTED_PACKAGE in start + file.read() else OLD_KIND)
    if start[:2] != b"PK":
        raise WrongFile(NOT_XLSX)
    _check_directory(file, size)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            _check_parts(archive.infolist())
    # A list of parts that is broken, that says it stands before the file's beginning (OSError or ValueError, as the
    # file is on disk or in memory), or that is of a later kind of zip.
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as trouble:
        raise WrongFile(DAMAGED) from trouble


def _check_directory(file: BinaryIO, size: int) -> None:
    """Measure the list of parts before it is read: a few megabytes can list hundreds of thousands."""
    file.seek(max(0, size - 70_000))  # the record is 22 bytes, its comment 65,535 at most
    tail = file.read()
    at = tail.rfind(END_OF_DIRECTORY)
    if at < 0 or len(tail) < at + 22:
        raise WrongFile(DAMAGED)
    (length,) = struct.unpack_from("<L", tail, at + 12)
    if length > LARGEST_DIRECTORY or tail[max(0, at - 20) : at].startswith(ZIP64_LOCATOR):
        raise WrongFile(BOMB)


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise WrongFile(LOCKED)
    if "xl/workbook.bin" in names or "content.xml" in names:  # .xlsb and .ods
        raise WrongFile(OLD_KIND)
    if not names.issuperset(WORKBOOK_PARTS):
        raise WrongFile(NOT_XLSX)
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or len(parts) != len(names) or unpacked > LARGEST_UNPACKED:
        raise WrongFile(BOMB)
    for part in parts:
        if part.file_size > LARGEST_PART_UNASKED and part.file_size > TIGHTEST_PACKING * max(1, part.compress_size):
            raise WrongFile(BOMB)
