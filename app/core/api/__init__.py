"""What do other programs see of the product?

They see the rows, rules and moves that the key's user sees, as JSON. The contract is generated from
the declarations, so it promises only what exists. Unknown names are refused, never ignored.
"""

from __future__ import annotations

from typing import Any

from app.core.api.contract import ContractApi
from app.core.api.job import JobApi
from app.core.api.resource import resource_for
from app.core.declarations.base import entities


def register(builder: Any) -> None:
    """Add a resource for every table, and the document that describes them."""
    resources = [resource_for(model) for model in sorted(entities(), key=lambda one: one.__name__)]
    for resource in resources:
        builder.add_api(resource)
    builder.add_api(JobApi)
    ContractApi.resources = tuple(resources)
    builder.add_api(ContractApi)
