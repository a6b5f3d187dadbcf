"""Names that CloudFormation makes up: MiniStack's are the same whenever a stack of the same name is made.

AWS: the suffix is another one in each stack, so a stack that is made again does not collide with what its predecessor has left.
"""

import hashlib

from ministack.services.cloudformation import _stacks, provisioners

from ..private_names import replace

SUFFIX = 13


def _of_stack(physical_name):
    def name_of_stack(stack_name, logical_id, **options):
        name = physical_name(stack_name, logical_id, **options)
        stack_id = (_stacks.get(stack_name) or {}).get("StackId")
        if stack_id is None:
            return name
        suffix = hashlib.sha256(f"{stack_id}:{name}".encode()).hexdigest()[:SUFFIX]
        return name[:-SUFFIX] + (suffix if options.get("lowercase") else suffix.upper())
    return name_of_stack


def install():
    replace(provisioners, "_physical_name", _of_stack)
