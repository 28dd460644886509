"""Services of the archive: what is kept until when, and its destruction (归档).

No file is released before its retention ends. Recording a destruction deletes the content and keeps
the trail.
"""
