"""Every address begins here."""

from django.conf import settings
from django.urls import include, path

from sdmtool import health, views

handler500 = "sdmtool.health.server_error"
urlpatterns = [
    path("", views.start, name="start"),
    path("health/", health.health, name="health"),
    path(".well-known/security.txt", health.security_txt, name="security-txt"),
    path("", include("sdmtool.accounts.urls")),
    path("administration/", include("sdmtool.administration.urls")),
    path("medicines/", include("medications.urls")),
    path("consultations/", include("consultations.urls.clinic")),
    path("i/", include("consultations.urls.respond")),
    path("print/", include("consultations.urls.paper")),
]

if settings.DEMO or settings.DEBUG:
    from sdmtool.nhsuk.gallery import gallery

    urlpatterns.append(path("components/", gallery, name="gallery"))
