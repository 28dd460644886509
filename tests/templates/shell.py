"""How are the pages drawn without the product behind them? A bare Flask with our templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import flask_appbuilder
from flask import Blueprint, Flask

APP = Path(__file__).resolve().parents[2] / "app"
CORE = APP / "core"
FRAMEWORK = Path(flask_appbuilder.__file__).parent
SHELL = {
    "home_url": "/",
    "logout_url": "/logout/",
    "user": {"name": "王建国", "org": "唐山市职业技能鉴定指导中心", "role": "市级管理员"},
    "menu": [{"title": "三 组织报名", "items": [{"label": "认定批次", "url": "/b", "count": 3}]}],
}


def bare_app() -> Flask:
    """An application that knows our templates and assets and nothing else."""
    app = Flask("bare", template_folder=str(CORE / "templates"), static_folder=str(CORE / "static"))
    app.register_blueprint(Blueprint("product", "product", template_folder=str(APP / "templates")))
    app.config.update(SECRET_KEY="only-for-tests", SERVER_NAME="shell.test")
    app.register_blueprint(
        Blueprint(
            "appbuilder",
            __name__,
            static_folder=str(FRAMEWORK / "static" / "appbuilder"),
            static_url_path="/appbuilder/static",
        )
    )
    app.jinja_env.globals["csrf_token"] = lambda: "token-of-the-session"
    app.jinja_env.globals["form_key"] = lambda: "key-of-the-form"
    app.jinja_env.globals["csp_nonce"] = lambda: "nonce-of-the-request"
    app.context_processor(lambda: {"shell": SHELL})
    return app


def macro(app: Flask, name: str, *args: Any, **named: Any) -> str:
    """What a macro of ``layout/macros.html`` draws."""
    with app.test_request_context():
        module: Any = app.jinja_env.get_template("layout/macros.html").module
        return str(getattr(module, name)(*args, **named))
