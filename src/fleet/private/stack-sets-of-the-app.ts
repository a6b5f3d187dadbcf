import { CfnStackSet } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Notes } from '../../private/notes';
import { stageOf } from '../../private/stacks';
import { sameAccount } from '../../private/taken-roles';

interface NotedSet {
  readonly construct: IConstruct;
  readonly resource: CfnStackSet;
  readonly roleName: string;
  readonly units: readonly string[];
}

/** Notes a stack set. Throws when the stage has one of the same name, or one that makes the same role in the same unit. */
export function noteStackSet(set: NotedSet): void {
  const sets = new Notes<NotedSet>(stageOf(set.construct), 'stack-sets');
  for (const other of sets.values()) {
    const both = `${other.construct.node.path} and ${set.construct.node.path}`;
    const unit = set.units.find((one) => other.units.includes(one));
    // In IAM, names that differ only in case are the same.
    if (unit !== undefined && other.roleName.toLowerCase() === set.roleName.toLowerCase()) throw new Error(`${both} both make the role ${set.roleName} in the accounts of ${unit}, and the second one would fail because the role exists: leave the unit out of one of them, or give one another roleName`);

    if (other.resource.stackSetName === set.resource.stackSetName && sameAccount(other.construct, set.construct)) throw new Error(`${both} both are the stack set ${set.resource.stackSetName}: give one of them a stackSetName of its own`);

  }
  sets.add(set);
}
