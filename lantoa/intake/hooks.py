"""Where machines of others knock. Nobody enters here: each door knows its visitor by a signature."""

from django.urls import path

from lantoa.intake import zalo

app_name = "hooks"

urlpatterns = [path("zalo/", zalo.webhook, name="zalo")]
