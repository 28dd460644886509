"""How do views join the application? As the framework's developers add them, guests included."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from flask import current_app
from flask_appbuilder import AppBuilder

from app.core.errors import AppError, BadConfig
from app.core.views.guests import guests


class Builder(AppBuilder):  # type: ignore[misc]
    """The framework's, which takes views in before it registers them."""

    def _check_and_init(self, baseview: Any) -> Any:
        view = baseview if isinstance(baseview, type) else type(baseview)
        return super()._check_and_init(guests.taken_in(view) if guests.is_guest(view) else baseview)

    # What ``flask fab`` does to rights: what the code declares, and nothing by hand.

    def add_permissions(self, update_perms: bool = False) -> None:
        """Lay down the rights of the code, where asked to write at all."""
        if update_perms:
            self.sm.lay_down_rights()

    def security_cleanup(self) -> None:
        """Lay down the rights of the code: what no view declares goes."""
        self.sm.lay_down_rights()

    def security_converge(self, dry: bool = False) -> dict[str, Any]:
        """Lay down the rights of the code; with ``dry`` tell what the framework would have done."""
        if dry:
            told: dict[str, Any] = super().security_converge(dry=True)
            return told
        self.sm.lay_down_rights()
        return {}

    def _add_addon_views(self) -> None:
        """Later, by ``add_addons``: an add-on may link to the pages of the product."""

    def add_addons(self) -> None:
        """Let the add-ons of ``ADDON_MANAGERS`` register their views; a failure stops the start."""
        for name in current_app.config["ADDON_MANAGERS"]:
            try:
                module, _, kind = name.rpartition(".")
                manager = getattr(import_module(module), kind)(self)
                manager.pre_process()
                manager.register_views()
                manager.post_process()
            except AppError:
                raise
            except Exception as error:
                raise BadConfig(f"设置项 ADDON_MANAGERS 里的 {name} 不能载入：{error}") from error
            self.addon_managers[name] = manager
