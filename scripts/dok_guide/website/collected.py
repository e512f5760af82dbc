"""How much of a consumer's quick review a collected cluster answers."""

from typing import Any

from dok_guide.assess.cluster.answers import quick
from dok_guide.assess.cluster.questions import QUESTIONS
from dok_guide.model import Catalog


def collected(catalog: Catalog) -> dict[str, Any]:
    """Return the quick verifications that it answers, and the minutes of all and of the rest."""
    every = quick(catalog)
    answered = [(control, way) for control, way in every if control.id in QUESTIONS]
    whole = sum(way.minutes for _, way in every)
    return {
        "answered": answered,
        "compare": {id_ for id_, question in QUESTIONS.items() if question.compare},
        "every": len(every),
        "whole": whole,
        "left": whole - sum(way.minutes for _, way in answered),
    }
