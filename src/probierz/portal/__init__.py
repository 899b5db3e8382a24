"""The public website and each role's first page. It has no rows of its own: it tells what lower rooms keep.

Who may enter: anybody, from the street. Only what is meant for everybody is shown: programmes, their rules and
criteria, those jurors who agreed to be named, laureates and their licences. Who did not win, who audited, and how,
stays below.
"""
