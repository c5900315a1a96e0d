"""What published files of schools and rolls say, and what that would change here.

Pure: no database and no clock. `workbook` opens a file safely, `contact_list` and `rolls` read one kind each,
`plan` sets what they say against the schools that are known. `schools.actions.imports` does what a plan says.
"""
