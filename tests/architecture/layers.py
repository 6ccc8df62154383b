"""Who may import whom, as rules over imports. Each rule answers with complaints; none is good.

sdmtool kernel ← medications ← consultations ← sdmtool wiring (settings, urls, views, commands)
inside an app:  pure ← models ← queries ← actions ← views

present and forms know only pure modules; a query may answer with one of present's page objects.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping

from tests.architecture.source import PACKAGES, Module

Modules = Mapping[str, Module]

# These must stay pure. Others may be, and then present and forms may know them as well.
PURE_BY_DESIGN = (
    "medications.completeness",
    "medications.differences",
    "medications.lifecycle",
    "medications.ratings",
    "medications.sheets",
    "medications.snapshots",
    "consultations.exports",
    "consultations.lifecycle",
    "consultations.matching",
    "consultations.measures",
    "consultations.ranking",
)
WIRING = (
    "sdmtool.admin",
    "sdmtool.administration",  # pages over both apps
    "sdmtool.asgi",
    "sdmtool.demo",
    "sdmtool.management",
    "sdmtool.nhsuk.gallery",  # a page that shows the components of every app
    "sdmtool.settings",
    "sdmtool.urls",
    "sdmtool.views",
    "sdmtool.wsgi",
)
DOOR = ("medications", "medications.ratings", "medications.snapshots", "medications.queries")


def under(name: str, *parents: str) -> bool:
    """Whether module `name` is one of `parents` or inside one."""
    return any(name == parent or name.startswith(f"{parent}.") for parent in parents)


def layer(name: str) -> str:
    """The part of its app a module belongs to: "views" for consultations.views.clinic.compare."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""


def ours(name: str) -> bool:
    return under(name, *PACKAGES)


def pure(modules: Modules) -> frozenset[str]:
    """The modules that import only the standard library and each other, found by ruling out."""
    left = set(modules)
    while True:
        spoilt = {name for name in left if not all(map(_harmless(left), modules[name].imports))}
        if not spoilt:
            return frozenset(left)
        left -= spoilt


def _harmless(left: set[str]):  # type: ignore[no-untyped-def]
    def harmless(name: str) -> bool:
        return name in left or name.split(".")[0] in sys.stdlib_module_names

    return harmless


def impure_by_mistake(modules: Modules) -> Iterator[str]:
    found = pure(modules)
    for module in modules.values():
        if under(module.name, *PURE_BY_DESIGN) and module.name not in found:
            known = sorted(name for name in module.imports if not _harmless(set(found))(name))
            yield f"{module.name} is to be pure, and imports {', '.join(known)}"


def _crossing(
    modules: Modules, *, of: Iterable[str], why: str, banned: Iterable[str]
) -> Iterator[str]:
    of, banned = tuple(of), tuple(banned)
    for module in modules.values():
        for name in sorted(module.imports):
            if under(module.name, *of) and under(name, *banned):
                yield f"{module.name} imports {name}: {why}"


def kernel_knows_an_app(modules: Modules) -> Iterator[str]:
    kernel = [name for name in modules if under(name, "sdmtool") and not under(name, *WIRING)]
    for module in (modules[name] for name in kernel):
        for name in sorted(module.imports):
            if under(name, "medications", "consultations", *WIRING):
                yield f"{module.name} imports {name}: the kernel knows neither app nor the wiring"


def medications_knows_consultations(modules: Modules) -> Iterator[str]:
    why = "medications has never heard of consultations"
    return _crossing(modules, of=["medications"], banned=["consultations"], why=why)


def consultations_goes_round_the_door(modules: Modules) -> Iterator[str]:
    for module in modules.values():
        for name in sorted(module.imports):
            if (
                under(module.name, "consultations")
                and under(name, "medications")
                and name not in DOOR
            ):
                yield f"{module.name} imports {name}: only ratings, snapshots and queries"


def apps_know_the_wiring(modules: Modules) -> Iterator[str]:
    apps = ["medications", "consultations"]
    return _crossing(modules, of=apps, banned=WIRING, why="the wiring stands above the apps")


def _of_layers(modules: Modules, *layers: str) -> list[str]:
    return [name for name in modules if layer(name) in layers]


def view_knows_a_model(modules: Modules) -> Iterator[str]:
    banned = [*_of_layers(modules, "models"), "django.db", "django.contrib.auth.models"]
    views = _of_layers(modules, "views")
    return _crossing(modules, of=views, banned=banned, why="views know queries, never a model")


def action_knows_a_page(modules: Modules) -> Iterator[str]:
    banned = [
        *_of_layers(modules, "forms", "loading", "pdf", "present", "urls", "views"),
        *("django.forms", "django.http", "django.shortcuts", "django.template", "django.views"),
        *("django.contrib.messages", "crispy_forms"),
    ]
    actions = _of_layers(modules, "actions")
    return _crossing(
        modules, of=actions, banned=banned, why="an action knows no request, form or template"
    )


def lower_knows_upper(modules: Modules) -> Iterator[str]:
    order = [
        ("models",),
        ("queries",),
        ("actions",),
        ("forms", "loading", "urls", "views"),
    ]
    for place, lower in enumerate(order[:-1]):
        upper = _of_layers(modules, *(name for layers in order[place + 1 :] for name in layers))
        of = [name for name in _of_layers(modules, *lower) if not under(name, "sdmtool")]
        why = "pure ← models ← queries ← actions ← views"
        yield from _crossing(modules, of=of, banned=upper, why=why)


# Beside our own pure modules.
PAGE_WORDS_MAY_KNOW = {
    "present": ("django.urls", "django.utils"),
    "forms": (
        *(
            "django.forms",
            "django.core.exceptions",
            "django.core.validators",
            "django.http.QueryDict",
        ),
        *("django.urls", "django.utils", "django.conf"),
        *("crispy_forms", "sdmtool.nhsuk", "openpyxl", "defusedxml"),
    ),
}


def page_object_knows_too_much(modules: Modules) -> Iterator[str]:
    found = pure(modules)
    for module in modules.values():
        where = layer(module.name)
        if where not in PAGE_WORDS_MAY_KNOW or module.package == "sdmtool":
            continue
        own = f"{module.package}.{where}"
        for name in sorted(module.imports):
            if not (_harmless(set(found))(name) or under(name, own, *PAGE_WORDS_MAY_KNOW[where])):
                yield f"{module.name} imports {name}: {where} know only pure modules"


def weasyprint_elsewhere(modules: Modules) -> Iterator[str]:
    for module in modules.values():
        known = {name.split(".")[0] for name in module.imports}
        if "weasyprint" in known and module.name != "sdmtool.pdf":
            yield f"{module.name} imports weasyprint: only sdmtool.pdf does"


RULES = (
    impure_by_mistake,
    kernel_knows_an_app,
    medications_knows_consultations,
    consultations_goes_round_the_door,
    apps_know_the_wiring,
    view_knows_a_model,
    action_knows_a_page,
    lower_knows_upper,
    page_object_knows_too_much,
    weasyprint_elsewhere,
)
