"""What do other programs see of the product? The same rows, rules and acts, as JSON under a key.

What a key sees is what its user sees. The contract is drawn from the declarations, so that it
cannot promise what is not there; a name that is none is refused, never passed over.
"""

from __future__ import annotations

from typing import Any

from app.core.api.contract import ContractApi
from app.core.api.job import JobApi
from app.core.api.resource import resource_for
from app.core.declarations.base import entities


def register(builder: Any) -> None:
    """Add a resource for every table, and the document that describes them all."""
    resources = [resource_for(model) for model in sorted(entities(), key=lambda one: one.__name__)]
    for resource in resources:
        builder.add_api(resource)
    builder.add_api(JobApi)
    ContractApi.resources = tuple(resources)
    builder.add_api(ContractApi)
