from django.urls import path

from sdmtool.administration import audit_views, views

app_name = "administration"
one = "clinics/<uuid:clinic_id>"
person = f"{one}/people/<int:user_id>"

urlpatterns = [
    path("", views.clinics, name="clinics"),
    path("audit/", audit_views.audit, name="audit"),
    path("audit.csv", audit_views.audit_csv, name="audit_csv"),
    path("clinics/new/", views.make_clinic, name="make_clinic"),
    path(f"{one}/", views.clinic, name="clinic"),
    path(f"{one}/people/", views.people, name="people"),
    path(f"{one}/people/invite/", views.invite, name="invite"),
    path(f"{person}/", views.person, name="person"),
    path(f"{person}/roles/<int:membership_id>/end/", views.end_role, name="end_role"),
    path(f"{person}/close/", views.close_account, name="close_account"),
    path(f"{person}/open/", views.open_account, name="open_account"),
]
