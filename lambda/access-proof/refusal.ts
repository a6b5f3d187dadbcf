import { WantedRole } from './roles';
import type { StoredKey } from '../../src/wire/access-key';
import { characters, cut, oneLine } from '../runtime/redaction/line';

/** A role that makes the deployment fail. */
export interface Problem {
  readonly role: WantedRole;
  readonly why: string;
}

/** More would not help: CloudFormation shows one line. */
const NAMED = 5;
const LONGEST_REASON = 160;

/** The message: how many roles, some of them with the reason, and what to do. */
export function refusalOf({ userName }: StoredKey, count: number, problems: readonly Problem[], open: readonly Problem[]): string {
  const all = [...problems, ...open];
  const accounts = all.slice(0, NAMED).map(({ role, why }) => `${role.accountId} (${cut(oneLine(why), LONGEST_REASON, characters)})`).join(', ');
  const more = all.length > NAMED ? ` and ${all.length - NAMED} more` : '';
  const advice = [
    ...problems.length > 0 ? ['Let these roles trust the user with the external ID of the code (TrustPrincipal.anyOf before the switch), see whether a policy of the organization denies it, or '
      + 'leave their accounts out with excludeAccounts'] : [],
    ...open.length > 0 ? ['Let the trust policies compare sts:ExternalId by StringEquals, without wildcards'] : [],
  ];
  return `the key of the user ${userName} was tried on ${count} roles for verifyAccessTo, and ${all.length} of them ${all.length === 1 ? 'is' : 'are'} not as needed: ${accounts}${more}. `
    + `Nothing was sent to the service, which goes on as before. ${advice.join('. ')}. Then deploy again`;
}
