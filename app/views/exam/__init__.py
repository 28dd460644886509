"""Screens of the examination: papers, rooms, days and examiners (考务).

Papers and sessions beside their batch, open as long as the batch is.
"""
