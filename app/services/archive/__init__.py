"""Services of the archive: what is kept until when, and its destruction (归档).

Until a file is due nothing here lets go of it; when its destruction is recorded, the content goes
and the trail stays.
"""
