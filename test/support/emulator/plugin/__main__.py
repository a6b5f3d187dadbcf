"""Starts MiniStack with the plug-in: `python -m plugin`, with MiniStack's own environment variables."""

from .private_names import require_version

require_version()

import ministack.app  # noqa: E402  (after the check of its version)

from . import (  # noqa: E402
    access_keys, delete_order, failed_create, function_output, groups, iam_resource_arns, last_used, parent, physical_names, resource_import, rotate_secret,
    rotation, rotation_schedule, secret_resource, secret_versions, secure_transport, sessions, stack_status,
)

for module in (physical_names, access_keys, last_used, iam_resource_arns, groups, secret_resource, secret_versions, rotation, rotate_secret,
               rotation_schedule, resource_import, failed_create, delete_order, secure_transport, sessions, stack_status, function_output, parent):
    module.install()

ministack.app.main()
