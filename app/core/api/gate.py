"""How does every resource answer who has no right, and what is common to all of them?"""

from __future__ import annotations

from typing import Any

from flask_appbuilder.api import BaseApi
from werkzeug.wrappers import Response

VERSION = "v1"


class KeyedApi(BaseApi):
    """A resource for holders of an API key; a browser's session counts for nothing here.

    Without a valid key nothing comes as far as this (``app.core.security.framework``).
    """

    version = VERSION
    # The visitor is known already, from the key alone; no token of a form is asked for.
    allow_browser_login = True

    def response_401(self) -> Response:
        return self.response(401, message="密钥无效或已失效，请换用有效的接口密钥")

    def response_403(self) -> Response:
        return self.response(403, message="您的角色不能使用这项功能")

    def add_apispec_components(self, _api_spec: Any) -> None:
        """Nothing: the contract is drawn from the declarations (``app.core.api.contract``)."""
