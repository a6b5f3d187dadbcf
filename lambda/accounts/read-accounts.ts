import { firstOfEach, Member, membersOf } from './members';
import { AccountReaders, StackSetPlace } from './ports';
import type { AccountSourceProperties } from '../../src/wire/accounts';

/** All present accounts of the sources, each once. */
export async function readAccounts(
  sources: readonly AccountSourceProperties[], partition: string, { stackSets, organization }: AccountReaders,
): Promise<Member[]> {
  const accounts = sources.some(needsOrganization) ? await organization.accounts() : undefined;
  const members: Member[] = [];
  for (const entry of sources.entries()) {
    const [, source] = entry;
    const instances = source.Kind === 'STACK_SET' ? await stackSets.instances(placeOf(source)) : undefined;
    members.push(...membersOf(entry, partition, { instances, organization: accounts }));
  }
  return firstOfEach(members);
}

/** Whether a source needs the accounts of the organization. A list does not. */
export function needsOrganization({ Kind }: AccountSourceProperties): boolean {
  return Kind !== 'LIST';
}

/** The stack set of a source. */
export function placeOf({ StackSetName = '', StackSetRegion = '', CallAs = 'SELF' }: AccountSourceProperties): StackSetPlace {
  return { name: StackSetName, region: StackSetRegion, callAs: CallAs };
}
