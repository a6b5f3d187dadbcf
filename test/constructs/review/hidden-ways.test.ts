import { runSimulation } from '@cloud-copilot/iam-simulate';
import { App, Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { TrustMap } from '../../../src/review/trust-map';
import { EVERYTHING } from '../../support/review/guardrails';
import { BASE, Caller, CALLERS, ROLE_ACCOUNT, says, trustPolicies } from '../../support/review/trust-policies';

const POLICIES = trustPolicies(400, 24);

const app = new App();
const region = 'us-east-1';
new BaseAccountUser(new Stack(app, 'Base', { env: { account: BASE, region } }), 'User', { userName: 'qualys', roles: AssumableRoles.any() });
const stack = new Stack(app, 'Roles', { env: { account: ROLE_ACCOUNT, region } });
POLICIES.forEach((policy, index) => new CfnRole(stack, `Role${index}`, { roleName: `role-${index}`, assumeRolePolicyDocument: policy }));
const map = TrustMap.fromStage(app);

/** What the map says; nothing for a role that is left out. */
function linesOf(index: number): string[] {
  try {
    return map.callersOf(`role-${index}`);
  } catch {
    return [];
  }
}

async function getsIn(caller: Caller, trust: object): Promise<boolean> {
  const principal = `arn:aws:iam::${caller.account}:${caller.name}`;
  const context = {
    'aws:PrincipalArn': principal, 'aws:PrincipalAccount': caller.account, 'aws:PrincipalOrgID': caller.organization, 'sts:ExternalId': caller.externalId, 'aws:SourceIp': caller.sourceIp,
  };
  const answer = await runSimulation({
    request: {
      action: 'sts:AssumeRole',
      principal,
      resource: { resource: `arn:aws:iam::${ROLE_ACCOUNT}:role/role`, accountId: ROLE_ACCOUNT },
      contextVariables: Object.fromEntries(Object.entries(context).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    },
    identityPolicies: [{ name: 'caller', policy: EVERYTHING }],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: trust,
  }, {});
  if (answer.resultType === 'error') throw new Error(JSON.stringify({ trust, errors: answer.errors }));
  return answer.overallResult === 'Allowed';
}

interface Tally {
  readonly decisions: number;
  readonly allowed: number;
  readonly hidden: string[];
}

/** Calls that IAM lets through and the map does not tell of. Its own account's identities may get in by their own policies alone. */
async function hiddenWays(read: (index: number) => string[]): Promise<Tally> {
  let [decisions, allowed] = [0, 0];
  const hidden: string[] = [];
  for (const [index, policy] of POLICIES.entries()) {
    const lines = read(index);
    for (const caller of CALLERS) {
      if (lines.length === 0 && caller.account === ROLE_ACCOUNT) continue;
      decisions += 1;
      if (!decided.has(`${index} ${CALLERS.indexOf(caller)}`)) decided.set(`${index} ${CALLERS.indexOf(caller)}`, await getsIn(caller, policy));
      if (!decided.get(`${index} ${CALLERS.indexOf(caller)}`)) continue;
      allowed += 1;
      if (!lines.some((line) => says(line, caller))) hidden.push(`${JSON.stringify(policy)} lets in ${JSON.stringify(caller)}, the map says ${JSON.stringify(lines)}`);
    }
  }
  return { decisions, allowed, hidden };
}
const decided = new Map<string, boolean>();

test('no caller gets in whom the map does not name: 400 policies, every caller', async () => {
  const { decisions, allowed, hidden } = await hiddenWays(linesOf);
  expect(hidden).toEqual([]);
  expect(decisions).toBeGreaterThanOrEqual(4000);
  expect(allowed).toBeGreaterThan(800);
}, 240_000);

test.each<[string, (lines: string[]) => string[]]>([
  ['a way with an operator that is not known is dropped', (lines) => lines.filter((line) => !/IfExists|ForAllValues|IgnoreCase/.test(line))],
  ['everybody is dropped', (lines) => lines.filter((line) => !line.startsWith('Everybody'))],
  ['a bare account is dropped', (lines) => lines.filter((line) => !/^Account \d{12}, with no external ID$/.test(line))],
  ['an excluded caller is taken to be the only one', (lines) => lines.map((line) => (/ArnNotEquals|ArnEqualsIfExists/.test(line) ? line.replace(/^(Base account \d{12})/, '$1, user qualys') : line))],
])('it would be seen if %s', async (_name, mutant) => {
  const { hidden } = await hiddenWays((index) => mutant(linesOf(index)));
  expect(hidden.length).toBeGreaterThan(0);
}, 120_000);
