import { Annotations, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { userArn } from './base-account-user-arn';
import { TrustedPart } from './trust-statements';
import type { AssumedRole } from '../../../base-account/private/assumed-role';
import { MadeUser, usersAround } from '../../../base-account/private/users-of-the-app';
import { givenNames } from '../../../private/final-name';

/**
 * Warns when a role trusts the user of a base account of the same stage, but the user's policy does not let it assume the role. The
 * connector's run would fail, and the trust policy would not show why.
 *
 * @param scope a construct below the library's: older versions of AWS CDK find an acknowledgement that came first only above the construct
 * of the warning
 */
export function warnOfNotCovered(scope: IConstruct, trusted: readonly TrustedPart[], role: Omit<AssumedRole, 'account'>): void {
  for (const part of trusted.filter(({ isQualys }) => !isQualys)) {
    const users = usersAround(scope).filter(({ user }) => isTrusted(user, part));
    const refusals = users.map((made) => refusalOf(scope, made, role)).filter((refusal) => refusal !== undefined);
    // A role that trusts a whole account may be meant for one of its users.
    const [refusal] = refusals.length === users.length ? refusals : [];
    if (refusal !== undefined) Annotations.of(scope).addWarningV2('cdk-qualys-connectors:roleNotCovered', refusal);
  }
}

function refusalOf(scope: IConstruct, { user, roles }: MadeUser, { name: given, path }: Omit<AssumedRole, 'account'>): string | undefined {
  const { account } = Stack.of(scope);
  const name = Stack.of(scope).resolve(given) === undefined ? undefined : given; // AWS CDK hands over a token where there is none
  if (!('_misses' in roles) || !roles._misses({ name, path, account })) return undefined;
  const what = name === undefined ? 'the role has no roleName, and the name that CloudFormation makes' : `the role ${path}${name}`;
  return `${what} is not among the roles that ${user.node.path} may assume, which this role trusts: ${roles._words()}. The connector service could not assume it: `
    + 'give the role a name and path that are among them, or change roles of the base account';
}

/** Whether a trusted part is this user, or the whole of its account. */
function isTrusted(user: MadeUser['user'], { accountId, userArn: trusted, user: given }: TrustedPart): boolean {
  if (given) return given === user;
  if (accountId !== user.accountId || Token.isUnresolved(accountId)) return false;
  const { name, path } = givenNames(user.node.defaultChild);
  return trusted === undefined || (name !== undefined && trusted === userArn(accountId, name, path));
}
