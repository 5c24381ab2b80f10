"""Formats that newsrooms hand over, a file each: an agency's, a feed's, an office program's → articles."""
