"""The pharmacists' workplace: the board, one draft, one cell of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medications import actions, curation, stored
from medications.actions import drafts
from medications.entries import RatingEntry
from medications.forms import CellForm
from medications.present import grid as present
from medications.ratings import PLUSES, Rating
from sdmtool.access import Action, requires

KEY = (Rating.NONE, *PLUSES, Rating.NOT_KNOWN)
STATES = ("published", "draft", "in review", "approved", curation.NOT_BEGUN)
MEANWHILE = (
    "Somebody else has written in this draft since you opened the page. Nothing of yours is lost: "
    "look at both, and save again."
)


class CuratorRequest(HttpRequest):
    """What a view behind `requires` is handed."""

    user: Any


@require_safe
@requires(Action.CURATE)
def board(request: CuratorRequest) -> HttpResponse:
    """Every medicine with its state, overdue first."""
    search, state = request.GET.get("search", "")[:60], request.GET.get("state", "")[:20]
    rows = curation.board(today=timezone.localdate(), search=search, state=state)
    context = {"rows": rows, "search": search, "state": state, "states": STATES}
    return render(request, "medications/curation/board.html", context)


@require_POST
@requires(Action.CURATE)
def start_draft(request: CuratorRequest, slug: str) -> HttpResponse:
    """A draft from what is published, or from nothing."""
    medicine = curation.medicine(slug)
    if medicine is None:
        raise Http404
    try:
        draft = drafts.start_draft(medicine=medicine, by=request.user)
    except drafts.AlreadyOpen:
        messages.warning(request, "Somebody has begun a draft of this medicine already.")
        return redirect("medications:board")
    return redirect("medications:draft", draft.pk)


@require_safe
@requires(Action.CURATE)
def draft(request: CuratorRequest, profile_id: int) -> HttpResponse:
    """All 36 side effects of one draft, in their groups."""
    profile = _open(profile_id)
    entries = stored.rating_entries(profile)
    context = {
        "profile": profile,
        "groups": present.groups(stored.effect_entries(), entries),
        "lacking": present.lacking(stored.effect_entries(), entries),
        "may_write": profile.status == "draft",
        "version": drafts.version_of(profile),
        "key": KEY,
    }
    return render(request, "medications/curation/draft.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.CURATE)
def cell(request: CuratorRequest, profile_id: int, slug: str) -> HttpResponse:
    """One cell: what it says, its evidence, its history."""
    if request.method == "POST":
        return _save(request, profile_id, slug)
    profile = _open(profile_id)
    entry = _entry(profile, slug)
    initial = CellForm.initial_of(entry, drafts.version_of(profile))
    form = CellForm(None, effect=slug, sources=curation.sources(), initial=initial)
    return _cell(request, profile, form, entry)


def _save(request: CuratorRequest, profile_id: int, effect: str) -> HttpResponse:
    form = CellForm(request.POST, effect=effect, sources=curation.sources())
    if not form.is_valid():
        profile = _open(profile_id)
        return _cell(request, profile, form, _entry(profile, effect), status=422)
    said = form.cleaned_data
    words = {"version": said["version"], "why": said["why"], "by": request.user}
    try:
        version = drafts.rate_cell(profile_id=profile_id, entry=form.entry, **words)
    except drafts.NoSuchCell:
        raise Http404 from None
    except drafts.ChangedMeanwhile as meanwhile:
        return _conflict(request, _open(profile_id), form.entry, meanwhile)
    except actions.NotADraft:
        messages.warning(request, "This is not a draft any more.")
        return redirect("medications:board")
    if request.GET.get("answer") == "row":
        row = {"cell": present.cell(form.entry), "version": version}
        return render(request, "medications/curation/saved.html", row)
    return redirect(f"{present.address(profile_id)}#{effect}")


@require_POST
@requires(Action.CURATE)
def submit(request: CuratorRequest, profile_id: int) -> HttpResponse:
    """Ask for approval; what is lacking is said in words."""
    profile = _open(profile_id)
    try:
        actions.submit_profile(profile=profile, by=request.user)
    except actions.Incomplete as incomplete:
        messages.warning(request, " ".join(incomplete.lacking))
        return redirect("medications:draft", profile.pk)
    except actions.NotADraft:
        pass
    return redirect("medications:board")


def _conflict(
    request: CuratorRequest,
    profile: curation.Draft,
    mine: RatingEntry,
    meanwhile: drafts.ChangedMeanwhile,
) -> HttpResponse:
    """Both texts side by side; the form stays as it was sent, on the newer version."""
    sent = request.POST.copy()
    sent["version"] = str(meanwhile.version)
    again = CellForm(sent, effect=mine.effect, sources=curation.sources())
    again.add_error(None, MEANWHILE)
    both = present.beside(meanwhile.now, mine)
    entry = _entry(profile, mine.effect)
    return _cell(request, profile, again, entry, status=409, both=both)


def _cell(
    request: CuratorRequest,
    profile: curation.Draft,
    form: CellForm,
    entry: RatingEntry,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "profile": profile,
        "form": form,
        "effect": next(e for e in stored.effect_entries() if e.code == entry.effect),
        "entry": entry,
        "figures": present.figures(entry, stored.source_entries()),
        "history": curation.history(profile, entry.effect),
        "may_write": profile.status == "draft",
        **more,
    }
    return render(request, "medications/curation/cell.html", context, status=status)


def _open(profile_id: int) -> curation.Draft:
    found = curation.open_draft(profile_id)
    if found is None:
        raise Http404
    return found


def _entry(profile: curation.Draft, effect: str) -> RatingEntry:
    for entry in stored.rating_entries(profile):
        if entry.effect == effect:
            return entry
    raise Http404
