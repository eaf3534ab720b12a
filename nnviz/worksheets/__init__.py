"""Worksheets on paper and in course sites: numbers to calculate with, their key, and the way back to the page."""
