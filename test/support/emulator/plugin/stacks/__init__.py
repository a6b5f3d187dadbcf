"""CloudFormation's stacks."""
