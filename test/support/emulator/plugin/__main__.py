"""Starts MiniStack with the plug-in: `python -m plugin`, with MiniStack's own environment variables."""

from .private_names import require_version

require_version()

import ministack.app  # noqa: E402  (after the check of its version)

from . import admin, pages, parent, secure_transport  # noqa: E402
from .functions import node_runtime, output, permission, rules  # noqa: E402
from .iam import access_keys, groups, last_used, resource_arns, sessions, taken_names  # noqa: E402
from .organizations import accounts, administrators, callers, condition_keys, membership  # noqa: E402
from .secrets import rotate_secret, rotation, rotation_schedule, secret_resource, secret_versions  # noqa: E402
from .stack_sets import automatic, member_stacks, model, operations, requests, resource, rights  # noqa: E402
from .stacks import delete_order, failed_create, paused, physical_names, resource_import, stack_outputs, stack_status  # noqa: E402
from .tables import table_resource  # noqa: E402

for module in (
        physical_names, access_keys, last_used, resource_arns, groups, taken_names, secret_resource, secret_versions, permission, rotation,
        rotate_secret, rotation_schedule, resource_import, failed_create, delete_order, paused, stack_outputs, stack_status, secure_transport,
        sessions, node_runtime, output, rules, table_resource, admin, pages, membership, administrators, accounts, callers, condition_keys,
        model, member_stacks, operations, rights, resource, automatic, requests, parent):
    module.install()

ministack.app.main()
