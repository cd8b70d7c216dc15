"""The address of the table of rights, under /drift/."""

from django.urls import path

from samnarvaro.consents.web import policy_page

app_name = "rights"
urlpatterns = [path("behorigheter/", policy_page.policy, name="policy")]
