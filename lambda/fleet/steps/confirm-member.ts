import { PARTITIONS } from '../../../src/wire/account-types';
import type { AccountSourceProperties } from '../../../src/wire/accounts';
import { Found, Member, membersOf } from '../../accounts/members';
import { placeOf } from '../../accounts/read-accounts';
import { Row } from '../ports';
import { Run } from '../run-context';

/**
 * Whether AWS, or the list in code, names the account now. Otherwise, somebody who can write the table could have the fleet connect any account.
 * It makes no call of the service.
 */
export async function confirmed(run: Run, row: Row): Promise<boolean> {
  const { accountId, source } = row;
  const member = run.members?.get(accountId) ?? await memberNow(run, row);
  const isMember = member !== undefined && member.source === source && member.state !== 'EXCLUDED' && (member.state === 'READY' || row.connectorId !== undefined);
  // The next run lists all accounts, and corrects the row.
  if (!isMember) run.state = { ...run.state, planned: undefined };
  return isMember;
}

async function memberNow(run: Run, row: Row): Promise<Member | undefined> {
  const { Sources, AccountType } = run.properties;
  const source = Sources[row.source];
  if (source === undefined) return undefined;
  const members = membersOf([row.source, source], PARTITIONS[AccountType], await foundNow(run, source, row));
  return members.find(({ accountId }) => accountId === row.accountId);
}

/** Reads what AWS says of the account now. From a stack set it reads the instances of that account alone. */
async function foundNow(run: Run, source: AccountSourceProperties, { accountId, name }: Row): Promise<Found> {
  const { readers } = run;
  switch (source.Kind) {
    case 'LIST': return {};
    case 'UNITS': return { organization: run.organization ??= await readers.organization.accounts() };
    default: return {
      instances: await readers.stackSets.instances(placeOf(source), { accountId }),
      organization: [{ accountId, name, isActive: true }],
    };
  }
}
