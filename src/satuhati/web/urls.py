"""Every address. A view declares its right where it is defined; a test walks this list."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from satuhati.web.accounts import urls as accounts
from satuhati.web.home import account, views
from satuhati.web.home import urls as home
from satuhati.web.letters import urls as letters
from satuhati.web.meetings import urls as meetings
from satuhati.web.minutes import urls as minutes
from satuhati.web.networks import map_urls as network_maps
from satuhati.web.networks import urls as networks
from satuhati.web.norms import urls as norms
from satuhati.web.openrosa import urls as openrosa
from satuhati.web.outreach import urls as outreach
from satuhati.web.personal import arriving
from satuhati.web.personal import urls as personal
from satuhati.web.profile import urls as profile
from satuhati.web.public import urls as public
from satuhati.web.register import urls as register
from satuhati.web.results import urls as results
from satuhati.web.rhythm import urls as rhythm
from satuhati.web.surveys import urls as surveys
from satuhati.web.together import urls as together

urlpatterns = [
    path("odk/", include(openrosa.device_urls)),
    path("", views.start, name="start"),
    path("sehat/", views.health, name="health"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("luring/", views.offline, name="offline"),
    path("bahasa/", account.language, name="language"),
    path("saya/", include(home.account_urls)),
    path("k/", include(home.community_list_urls)),
    path("k/<slug:community>/", include(home.urlpatterns)),
    path("k/<slug:community>/rapat/surat/", include(letters.urlpatterns)),
    path("k/<slug:community>/rapat/", include(letters.of_meeting)),
    path("k/<slug:community>/rapat/", include(minutes.urlpatterns)),
    path("k/<slug:community>/rapat/jam/", include(rhythm.urlpatterns)),
    path("k/<slug:community>/rapat/", include(meetings.urlpatterns)),
    path("k/<slug:community>/jejaring/", include(network_maps.urlpatterns)),
    path("k/<slug:community>/norma/", include(norms.urlpatterns)),
    path("k/<slug:community>/jejaring/", include(networks.urlpatterns)),
    path("k/<slug:community>/layanan/", include(outreach.urlpatterns)),
    path("k/<slug:community>/warga/", include(register.urlpatterns)),
    path("k/<slug:community>/survei/", include(results.urlpatterns)),
    path("k/<slug:community>/survei/odk/", include(openrosa.urlpatterns)),
    path("k/<slug:community>/survei/", include(surveys.urlpatterns)),
    path("s/", include(surveys.open_urls)),
    path("k/<slug:community>/laporan/", include(profile.urlpatterns)),
    path("h/<str:token>/", arriving.arrive, name="check_in"),
    path("j/<str:token>/", include(personal.urlpatterns)),
    path("k/<slug:community>/", include(together.urlpatterns)),
    path("p/<slug:community>/", include(public.urlpatterns)),
    path("", include(accounts.urlpatterns)),
]
if settings.DEBUG:
    urlpatterns.append(path("_komponen/", views.components, name="components"))

handler400 = "satuhati.web.home.failures.bad_request"
handler403 = "satuhati.web.home.failures.forbidden"
handler404 = "satuhati.web.home.failures.not_found"
handler500 = "satuhati.web.home.failures.broken"
