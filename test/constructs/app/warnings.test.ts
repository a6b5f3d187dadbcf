import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountRegistration } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { letWait } from '../../../src/private/stack-order';
import { ConnectorRoleTrust } from '../../../src/role/connector-role-trust';
import { warnOfSameExternalId } from '../../../src/role/private/account-source';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { AccountType } from '../../../src/service/account-type';
import { ConnectorModule } from '../../../src/service/connector-module';
import { ExternalId } from '../../../src/service/external-id';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { connect, EXTERNAL_ID, newRole } from '../../support/apps/connectors';
import { newService, newStack } from '../../support/synth/synth';
import { warningsOf } from '../../support/synth/warnings';
import { appWithoutFlags, WEAK } from '../../support/synth/world';

/* What works, and may not be meant: each warning comes where it is true and nowhere else, says what to do, and can be acknowledged. */
interface Case {
  readonly warns: string;
  readonly in: string;
  /** Makes the stack; `isDoubtful` decides whether there is something to warn of. Answers what the warning is on. */
  build(isDoubtful: boolean): IConstruct;
}

const env = { account: '111122223333', region: 'us-east-1' };
const roles = AssumableRoles.named('QualysConnector');
const manyAccounts = (count: number) => TrustPrincipal.anyOf(...Array.from({ length: count }, (_, index) => TrustPrincipal.baseAccount('111122223333', { userName: `user-of-a-long-name-${index}` })));

function entry(stack: Stack, rotation: KeyRotation): BaseAccountRegistration {
  return new BaseAccountRegistration(stack, 'Entry', { service: newService(stack), title: 'Central Security', user: new BaseAccountUser(stack, 'User', { roles }), rotation });
}

const CASES: readonly Case[] = [
  {
    warns: 'pollingNotListed',
    in: 'pollingInterval is 300 minutes, which the vendor does not list: it lists 1, 2, 3, 4, 6, 8, 12, 24 hours',
    build: (isDoubtful) => connect(newStack(), { pollingInterval: Duration.hours(isDoubtful ? 5 : 6) }),
  },
  {
    warns: 'modulesNotOffered',
    in: 'modules are CI, CSA, which the vendor\'s console does not offer: Asset Inventory (AI) is on for every connector',
    build: (isDoubtful) => connect(newStack(), {
      modules: [ConnectorModule.CLOUD_INVENTORY, ConnectorModule.SECURITY_ASSESSMENT, ...isDoubtful ? [] : [ConnectorModule.ASSET_INVENTORY]],
    }),
  },
  {
    warns: 'modulesNotOffered',
    in: 'modules are AI, CI, which the vendor\'s console does not offer',
    build: (isDoubtful) => connect(newStack(), {
      modules: [ConnectorModule.ASSET_INVENTORY, ConnectorModule.CLOUD_INVENTORY, ...isDoubtful ? [] : [ConnectorModule.SECURITY_ASSESSMENT]],
    }),
  },
  {
    warns: 'metricsWithoutRotation',
    in: 'metrics of this registration never have data: they are written by the daily run of a rotation',
    build: (isDoubtful) => {
      const registration = entry(newStack(), isDoubtful ? KeyRotation.disabled() : KeyRotation.every(Duration.days(60)));
      registration.metricKeyAge();
      return registration;
    },
  },
  {
    warns: 'rotationWithoutAlarms',
    in: 'the key is rotated, but no alarm or metric of this app looks at it: nobody would hear of a rotation that fails',
    build: (isDoubtful) => {
      const registration = entry(newStack(), KeyRotation.every(Duration.days(60)));
      if (!isDoubtful) {
        const elsewhere = newStack(undefined, registration.node.root as App, 'Monitoring');
        BaseAccountRegistration.fromBaseAccountRegistrationAttributes(elsewhere, 'Entry', { platform: QualysPlatform.US_2, accountType: AccountType.GLOBAL }).metricHeartbeat();
      }
      return registration;
    },
  },
  ...['role', 'entry'].map((reader): Case => ({
    warns: 'destroyedUserIsRead',
    in: 'the user Users/User has RemovalPolicy.DESTROY and stands in another stack, which can be deleted while this one still uses the user',
    build: (isDoubtful) => {
      const app = new App({ context: WEAK });
      const user = new BaseAccountUser(new Stack(app, 'Users', { env }), 'User', { roles, ...isDoubtful && { removalPolicy: RemovalPolicy.DESTROY } });
      const stack = new Stack(app, 'Reader', { env });
      if (reader === 'role') return newRole(stack, { trust: TrustPrincipal.ofUser(user) });
      return new BaseAccountRegistration(stack, 'Entry', { service: newService(stack), title: 'Central Security', user, rotation: KeyRotation.disabled() });
    },
  })),
  {
    warns: 'neededLater',
    in: 'Connectors/Connector/Resource needs Roles/Role, but Roles is deployed after Connectors, from which it reads or which it depends on: the first deployment may fail',
    build: (isDoubtful) => {
      const app = new App();
      const [here, there] = [new Stack(app, 'Connectors', { env }), new Stack(app, 'Roles', { env })];
      const connector = connect(here, { role: newRole(there, { roleName: 'QualysConnector' }) });
      if (isDoubtful) letWait(there, here);
      return connector;
    },
  },
  {
    warns: 'roleNotCovered',
    in: 'the role /Other is not among the roles that Stack/User may assume, which this role trusts',
    build: (isDoubtful) => {
      const stack = newStack('us-east-1');
      const user = new BaseAccountUser(stack, 'User', { roles });
      return newRole(stack, { trust: TrustPrincipal.ofUser(user), roleName: isDoubtful ? 'Other' : 'QualysConnector' });
    },
  },
  {
    warns: 'trustPolicySize',
    in: 'the trust policy has at least',
    build: (isDoubtful) => newRole(newStack(), { trust: manyAccounts(isDoubtful ? 9 : 2) }),
  },
  {
    warns: 'trustPolicySize',
    in: 'the trust policy has at least',
    build: (isDoubtful) => new ConnectorRoleTrust(newStack(), 'Trust', { roleName: 'Elsewhere', externalId: ExternalId.of(EXTERNAL_ID), trust: manyAccounts(isDoubtful ? 9 : 2) }),
  },
  {
    warns: 'trustOfOwnRole',
    in: 'made by this app, at Stack/Own/Resource',
    build: (isDoubtful) => {
      const stack = newStack();
      new Role(stack, 'Own', { roleName: isDoubtful ? 'Elsewhere' : 'Other', assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
      return new ConnectorRoleTrust(stack, 'Trust', { roleName: 'Elsewhere', externalId: ExternalId.of(EXTERNAL_ID), trust: manyAccounts(1) });
    },
  },
  {
    warns: 'guessableExternalId',
    in: 'the external ID has fewer than 16 characters',
    build: (isDoubtful) => newRole(newStack(), { trust: TrustPrincipal.qualysAccount(), externalId: ExternalId.of(isDoubtful ? '83172650' : '59203317740028156634') }),
  },
  {
    warns: 'sameExternalId',
    in: '2 accounts have one external ID, so that whoever reads one role knows that of all of them',
    build: (isDoubtful) => {
      const stack = newStack();
      const externalId = isDoubtful ? ExternalId.of(EXTERNAL_ID) : ExternalId.perAccount('59203317740028156634');
      warnOfSameExternalId(stack, { kind: 'LIST', accountIds: ['222222222222', '333333333333'], role: { name: 'QualysConnector', path: '/', externalId } });
      return stack;
    },
  },
];

/** Of the names in the case, and not of other matters of the same stack. */
const warned = (on: IConstruct, name: string) => warningsOf(Stack.of(on)).filter(({ id }) => id === `cdk-qualys-connectors:${name}`);

describe.each(CASES)('$warns', ({ warns, in: words, build }) => {
  test(`says: ${words}`, () => {
    const on = build(true);
    const found = warned(on, warns);
    expect([on.node.path, `${on.node.path}/Resource`]).toContain(found[0]!.construct);
    expect(found).toHaveLength(1);
    expect(found[0]!.text).toContain(words);
  });

  test('does not come where there is nothing to warn of', () => {
    expect(warned(build(false), warns)).toEqual([]);
  });

  test('can be acknowledged', () => {
    const on = build(true);
    Annotations.of(on).acknowledgeWarning(`cdk-qualys-connectors:${warns}`);
    expect(warned(on, warns)).toEqual([]);
  });
});

test('a user that is destroyed is no matter where references are strong, as CloudFormation refuses to delete it then', () => {
  const app = appWithoutFlags();
  const user = new BaseAccountUser(new Stack(app, 'Users', { env }), 'User', { roles, removalPolicy: RemovalPolicy.DESTROY });
  const role = newRole(new Stack(app, 'Reader', { env }), { trust: TrustPrincipal.ofUser(user) });
  expect(warned(role, 'destroyedUserIsRead')).toEqual([]);
});

test('each warning of the library has a name that stands in a test', () => {
  const textsIn = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(folder, file), 'utf8'));
  const root = join(__dirname, '..', '..', '..');
  const names = textsIn(join(root, 'src')).flatMap((text) => [...text.matchAll(/add(?:Warning|Info)V2\(\s*'cdk-qualys-connectors:(\w+)'/g)].map(([, name]) => name!));
  const tests = textsIn(join(root, 'test', 'constructs')).join('\n');
  expect(names.length).toBeGreaterThanOrEqual(10);
  expect([...new Set(names)].filter((name) => !tests.includes(name))).toEqual([]);
});
