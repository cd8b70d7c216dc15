"""Addresses of outreach: of a pupil under /elev/, of a school under /skola/, and the routine."""

from django.urls import path

from samnarvaro.outreach.web import call, contacts, informed, routine

app_name = "outreach"
urlpatterns = [
    path("elev/<uuid:public>/samtal/", call.call, name="call"),
    path("elev/<uuid:public>/samtal/behovs-inte/", call.skip, name="skip"),
    path("elev/<uuid:public>/kontakter/", contacts.log, name="contacts"),
    path("elev/<uuid:public>/kontakter/ny/", contacts.add, name="add"),
    path("elev/<uuid:public>/kontakter/ratta/", contacts.correct, name="correct"),
    path("skola/<uuid:public>/informerade/", informed.informed, name="informed"),
    path("samtal/rutin/", routine.routine, name="routine"),
]
