"""Addresses of consents and relations."""

from django.urls import path

from samnarvaro.consents.web import agreements, asking, children, desk

app_name = "consents"
urlpatterns = [
    path("barn/", children.mine, name="children"),
    path("barn/<uuid:public>/", children.one, name="child"),
    path("barn/<uuid:public>/kallas/", children.call, name="call"),
    path("elev/<uuid:public>/samtycken/", agreements.of_pupil, name="list"),
    path("elev/<uuid:public>/samtycken/fraga/", asking.ask, name="ask"),
    path("elev/<uuid:public>/arenden/", desk.cases, name="cases"),
    path("samtycke/<uuid:public>/", agreements.one, name="one"),
    path("samtycke/<uuid:public>/kort/", agreements.card, name="card"),
    path("samtycke/<uuid:public>/ta-tillbaka/", agreements.withdraw, name="withdraw"),
    path("samtycken/nya/", desk.arrived, name="arrivals"),
    path("arende/<uuid:public>/avsluta/", desk.end, name="end"),
]
