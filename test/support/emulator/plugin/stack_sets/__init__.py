"""Stack sets with service-managed permissions, which MiniStack does not have: the resource, its operations, and the reads of it.

AWS: the set belongs to the management account, also where a delegated administrator made it. It has an instance an account of the
targeted units (with the units below them) and region, each a stack `StackSet-<name>-<ID>` that the service makes; the management
account and suspended accounts get none. An operation takes as many accounts at once as its preferences say; once more have failed
in a region than are tolerated (percentages round down) it fails, and what has not begun is CANCELLED. With account filters, each
unit is an operation of its own. Accounts that come to a targeted unit get an instance by themselves, whatever the filters say, and
accounts that leave lose theirs; a closed account keeps its own, CURRENT as it was. What AWS's resource handler does, in its order:
instances go, the set is changed, instances come; units are compared by ID. With filters it updates the rest as well.

Inferred: an account that moves between two units of one set loses its stack and gets another; deleting an instance of a suspended
account drops it from the set and leaves the stack; automatic deployments are operations like others. Not modelled: self-managed
permissions, parameter overrides, dependencies between sets, drift, import, stopping of operations, tags of the set on the stacks,
events of instances, and operations of one set side by side: with ManagedExecution they wait for each other, without it a second
one is refused (the resource and automatic deployments wait either way). The role that runs the stack around the set is not asked for
its rights on the set, as MiniStack never asks that role.
"""

SERVICE = "member.org.stacksets.cloudformation.amazonaws.com"
TYPE = "AWS::CloudFormation::StackSet"
