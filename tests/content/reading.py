"""Reading age, as the tests of the words measure it.

Flesch-Kincaid grade: 0.39 × words in a sentence + 11.8 × syllables in a word − 15.59. A grade is a
school year in the United States; five years more is the age. Grade 6 is about 11 years.
"""

import re

import textstat

GRADE_FOR_AGE_11 = 6.0
# Words textstat's dictionary does not have, with their syllables.
SYLLABLES = {
    "ecg": 3,
    "steadies": 2,
    "sleepier": 3,
    "wee": 1,
    "poo": 1,
    "tummy": 2,
    "carers": 2,
    "carer": 2,
}
_WORD = re.compile(r"[A-Za-z’'-]+")
_SENTENCE = re.compile(r"[.!?:]+(?:\s|$)")


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of `text`.

    KeyError for a word whose syllables nobody has counted yet: add it to SYLLABLES.
    """
    words = _WORD.findall(text)
    sentences = max(1, len(_SENTENCE.findall(text)))
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    plain = word.lower().replace("’", "'")
    return SYLLABLES[plain] if plain in SYLLABLES else textstat.syllable_count(plain)
