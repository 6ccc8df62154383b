"""Every write of this app. Each is one transaction, refuses what may not happen, and is audited.

Whether somebody may do it at all is asked in `sdmtool.access` by whoever calls; that the approver
is not the author and that two people sign a release is refused here and by the database.
"""

from medications.actions.profiles import (
    Incomplete,
    NotADraft,
    OwnWork,
    approve_profile,
    rate,
    send_back,
    start_profile,
    submit_profile,
    write_card_texts,
)
from medications.actions.releases import NothingToPublish, SignedTwice, publish_release
from medications.actions.vocabulary import record_vocabulary

__all__ = [
    "Incomplete",
    "NotADraft",
    "NothingToPublish",
    "OwnWork",
    "SignedTwice",
    "approve_profile",
    "publish_release",
    "rate",
    "record_vocabulary",
    "send_back",
    "start_profile",
    "submit_profile",
    "write_card_texts",
]
