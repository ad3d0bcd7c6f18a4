"""A rule for cfn-lint: properties of the types of --registry-schemas.

cfn-lint 1.51 knows such types, but looks only at the properties of types that it brings itself. This rule looks at theirs, with
cfn-lint's own means, so that functions such as Ref and Fn::If are understood.
"""

from collections import deque

from cfnlint import jsonschema
from cfnlint.helpers import FUNCTIONS
from cfnlint.rules.jsonschema import CfnLintJsonSchema
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER


class RegisteredTypeProperties(CfnLintJsonSchema):
    """Properties of a registered type are those of its schema."""

    id = "E9002"
    shortdesc = "Properties of a registered type are invalid"
    description = "Properties of the types of --registry-schemas are those of their schemas"
    tags = ["resources"]

    def __init__(self):
        super().__init__(keywords=["Resources/*"], all_matches=True)

    def validate(self, validator, _, instance, schema):
        name = instance.get("Type") if validator.is_type(instance, "object") else None
        if name not in PROVIDER_SCHEMA_MANAGER._registry_schemas:
            return
        schema = PROVIDER_SCHEMA_MANAGER._registry_schemas[name].schema
        properties = instance.get("Properties") or {}
        path = validator.context.path.evolve(cfn_path=deque(["Resources", name, "Properties"])).descend(path="Properties")
        inner = validator.evolve(
            context=validator.context.evolve(functions=list(FUNCTIONS), strict_types=False, path=path),
            function_filter=validator.function_filter.evolve(add_cfn_lint_keyword=True),
        )
        for error in self._validate(self.extend_validator(inner, schema, inner.context.evolve()), properties):
            error.path.appendleft("Properties")
            error.rule = self
            yield error
        for pointer in schema.get("readOnlyProperties", []):
            read_only = pointer.rpartition("/")[2]
            if read_only in properties:
                yield jsonschema.ValidationError(f"{read_only!r} is read-only", path=deque(["Properties", read_only]), rule=self)
