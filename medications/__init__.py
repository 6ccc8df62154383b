"""The curated knowledge:

side effects, medicines, their profiles and releases. Knows no consultation.
"""
