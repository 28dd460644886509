"""How are views added to the application, including those of third parties?"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from flask import current_app
from flask_appbuilder import AppBuilder

from app.core.errors import AppError, BadConfig
from app.core.views.guests import guests


class Builder(AppBuilder):  # type: ignore[misc]
    """The framework's builder, which adapts third-party views before registering them."""

    def _check_and_init(self, baseview: Any) -> Any:
        view = baseview if isinstance(baseview, type) else type(baseview)
        return super()._check_and_init(guests.taken_in(view) if guests.is_guest(view) else baseview)

    # Called by ``flask fab`` commands: rights come from the code only, never from manual changes.

    def add_permissions(self, update_perms: bool = False) -> None:
        """Write the rights declared in the code, if an update was requested."""
        if update_perms:
            self.sm.lay_down_rights()

    def security_cleanup(self) -> None:
        """Write the rights declared in the code; rights that no view declares are removed."""
        self.sm.lay_down_rights()

    def security_converge(self, dry: bool = False) -> dict[str, Any]:
        """Write the rights declared in the code; ``dry`` returns what the framework would do."""
        if dry:
            changes: dict[str, Any] = super().security_converge(dry=True)
            return changes
        self.sm.lay_down_rights()
        return {}

    def _add_addon_views(self) -> None:
        """Do nothing yet: an add-on may link to pages that the product adds later."""

    def add_addons(self) -> None:
        """Register the views of the add-ons in ``ADDON_MANAGERS``; raises BadConfig on failure."""
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
