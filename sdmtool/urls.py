"""Every address begins here."""

from django.conf import settings
from django.urls import include, path

from sdmtool import accounts, health, views

handler500 = "sdmtool.health.server_error"
urlpatterns = [
    path("", views.start, name="start"),
    path("health/", health.health, name="health"),
    path(".well-known/security.txt", health.security_txt, name="security-txt"),
    path("sign-in/", accounts.sign_in, name="sign-in"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
    path("medicines/", include("medications.urls")),
    path("consultations/", include("consultations.urls.clinic")),
    path("i/", include("consultations.urls.respond")),
    path("print/", include("consultations.urls.paper")),
]

if settings.DEMO or settings.DEBUG:
    from sdmtool.nhsuk.gallery import gallery

    urlpatterns.append(path("components/", gallery, name="gallery"))
