"""Telling open pages what changed: one watcher per process, one stream per page.

This package knows no pages: the web hands in the function that renders.
"""
