"""What do all resources have in common, and how do they answer without a right?"""

from __future__ import annotations

from typing import Any

from flask_appbuilder.api import BaseApi
from werkzeug.wrappers import Response

VERSION = "v1"


class KeyedApi(BaseApi):
    """A resource for holders of an API key; browser sessions do not count.

    Requests without a valid key do not get here (``app.core.security.framework``).
    """

    version = VERSION
    # Makes the framework accept the visitor, who was identified by the key alone.
    allow_browser_login = True

    def response_401(self) -> Response:
        return self.response(401, message="密钥无效或已失效，请换用有效的接口密钥")

    def response_403(self) -> Response:
        return self.response(403, message="您的角色不能使用这项功能")

    def add_apispec_components(self, _api_spec: Any) -> None:
        """Do nothing: the contract comes from the declarations (``app.core.api.contract``)."""
