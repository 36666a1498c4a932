"""Telling open pages what changed: one watcher a process, one stream a page.

Knows nothing of pages: the web hands in the function that renders.
"""
