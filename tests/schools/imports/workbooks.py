"""Small workbooks in the shape of the published ones. The schools in them are invented.

Their SEED codes begin with 999, which the factories reach only after 90,000 schools.
"""

from datetime import datetime
from io import BytesIO

import xlsxwriter
from openpyxl import Workbook

COUNCIL = "Sample Council"
CONTACT_HEADINGS = [
    "Seed Code",
    "LA Name",
    "Centre Type",
    "School Name",
    "Address Line1",
    "Address Line2",
    "Address Line3",
    "Post Code",
    "Unique Property Reference Number (UPRN)",
    "Email",
    "Phone Number",
    "Website Address",
    "Pre-school Department",
    "Primary Department",
    "Secondary Department",
    "Special Department",
    "Provision for Gaelic Learners",
    "Medium of Education",
    "Meeting the PE target (2 hours Primary, 2 periods Secondary)",
    "Number of half day openings per week",
    "Integrated Special Unit",
    "Denomination",
]
RENAMED_HEADINGS = [
    "Local authority",
    "Seed code",
    "New school name",
    "Old school name",
    "Year changed",
    "Other changes",
]
CLOSED_HEADINGS = [
    "Local authority",
    "School funding type",
    "Status",
    "Seed Code",
    "School name",
    "Sector",
    "Date opened",
    "Date closed",
    "Date mothballed",
    "Further details",
]
ROLL_HEADINGS = [
    "SeedCode",
    "Local Authority",
    "School Type",
    "School Name",
    "Denomination of school",
    "School's 6-fold urban/rural classification",
    "Pupil roll",
    "Male",
    "Female",
    "P1",
    "Attendance rate (%)[Note 8] [Note 9]",
]
LICENCE = "You may use this information under the terms of the Open Government Licence."
FIRST_ROW = 7  # of a school, in a contact list made here


def listed(seed_code=9990001, name="Birchbank Primary School", **said):
    """One school as a dict of headings; `Denomination="Jewish"` and the like in words, `**{"LA Name": …}`."""
    row = dict.fromkeys(CONTACT_HEADINGS, "")
    row |= {
        "Seed Code": seed_code,
        "School Name": name,
        "LA Name": COUNCIL,
        "Centre Type": "Local Authority",
        "Address Line1": "1 Invented Road",
        "Post Code": "ZZ1 1ZZ",
        "Unique Property Reference Number (UPRN)": 123456789012,
        "Email": "office@birchbank.example",
        "Phone Number": "01632 960123",
        "Website Address": "http://www.birchbank.example",
        "Pre-school Department": "Yes",
        "Primary Department": "Yes",
        "Secondary Department": "No",
        "Special Department": "No",
        "Medium of Education": "English medium only",
        "Denomination": "Non-denominational",
    }
    return row | said


def renamed(seed_code, old, *, new="", year=None):
    return [COUNCIL, seed_code, new, old, year, "Telephone 01632 960999"]


def opened_or_closed(seed_code, status, *, opened=None, closed=None, mothballed=None):
    dates = [
        datetime.combine(each, datetime.min.time()) if hasattr(each, "year") else each
        for each in (opened, closed, mothballed)
    ]
    return [
        COUNCIL,
        "Local authority",
        status,
        seed_code,
        "Some School",
        "Primary",
        *dates,
        "write to office@old.example",
    ]


def contact_list(*schools, renames=(), events=(), headings=CONTACT_HEADINGS, sheet="Open Schools", header_row=6):
    """A workbook like the published contact list, to be saved or changed further."""
    book = Workbook()
    _fill(book.active, "Schools renamed", RENAMED_HEADINGS, 9, renames)
    _fill(book.create_sheet(), "Schools Opened or closed", CLOSED_HEADINGS, 7, events)
    rows = [[school.get(heading, "") for heading in headings] for school in schools]
    _fill(book.create_sheet(), sheet, headings, header_row, rows)
    return book


def roll(seed_code=9990001, roll=100, *, name="Birchbank Primary School", council=COUNCIL, kind="Primary"):
    return [seed_code, council, kind, name, "Non-denominational", "1", roll, "c", "c", "c", 93.1]


def rolls(*rows, headings=ROLL_HEADINGS, sheet="2023 School Level Statistics", header_row=2):
    """A workbook like the published school-level summary statistics."""
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["Notes to the statistics"])
    _fill(book.create_sheet(), sheet, headings, header_row, rows)
    return book


def _fill(sheet, title, headings, header_row, rows):
    sheet.title = title
    if header_row > 1:
        sheet.cell(1, 1, LICENCE)
    for place, heading in enumerate(headings, start=1):
        sheet.cell(header_row, place, heading)
    for row in rows:
        sheet.append(list(row))


def saved(book):
    """The workbook as an open file."""
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file


def saved_as_excel_does(book):
    """The same with its texts in a table of their own, as Excel writes them."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as copy:
        for sheet in book.worksheets:
            page = copy.add_worksheet(sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    page.write(cell.row - 1, cell.column - 1, cell.value)
    file.seek(0)
    return file
