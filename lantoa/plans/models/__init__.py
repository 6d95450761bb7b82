"""What there is: directives and what they ask for, programmes with their themes and objectives, movements, plans with their tasks."""

from lantoa.plans.models.directives import (
    Directive,
    DirectiveDuty,
    DirectiveRelation,
    DirectiveVersion,
)
from lantoa.plans.models.movements import Joining, Movement
from lantoa.plans.models.plans import Plan, PlanReview, PlanVersion, Task, TaskExtension
from lantoa.plans.models.programmes import (
    Milestone,
    Objective,
    Programme,
    StudyTopic,
    Term,
    Theme,
)

__all__ = [
    "Directive",
    "DirectiveDuty",
    "DirectiveRelation",
    "DirectiveVersion",
    "Joining",
    "Milestone",
    "Movement",
    "Objective",
    "Plan",
    "PlanReview",
    "PlanVersion",
    "Programme",
    "StudyTopic",
    "Task",
    "TaskExtension",
    "Term",
    "Theme",
]
