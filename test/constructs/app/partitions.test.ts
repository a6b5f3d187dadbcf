import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccount } from '../../../src/base-account/base-account';
import { QualysAccountLookup } from '../../../src/connector/qualys-account-lookup';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ConnectorService } from '../../../src/service/connector-service';
import { ExternalId } from '../../../src/service/external-id';
import { QualysCredentials } from '../../../src/service/qualys-credentials';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { everything } from '../../support/apps/everything';
import { PLACES, stackIn } from '../../support/synth/policies';
import { newService } from '../../support/synth/synth';

const flags = JSON.parse(readFileSync(join(__dirname, '..', '..', '..', 'node_modules', 'aws-cdk-lib', 'recommended-feature-flags.json'), 'utf8'));

/** The partitions that stand as text in an ARN. */
function literalPartitions(template: object): string[] {
  const text = JSON.stringify(template);
  return [...new Set([...text.matchAll(/arn:(aws[a-z-]*):/g)].map(([, partition]) => partition!))];
}

describe.each([['without feature flags', {}], ['with the feature flags of a new app', flags]])('everything, %s (fault 60)', (_, context) => {
  test('carries no partition where it may be deployed to any', () => {
    const template = Template.fromStack(everything(stackIn(undefined, 'Stack', new App({ context })))).toJSON();
    expect(literalPartitions(template)).toEqual([]);
    expect(JSON.stringify(template)).not.toMatch(/[a-z]{2}(-[a-z]+)+-\d/); // nor a region
  });

  test.each(PLACES)('carries no other partition than $partition in $region', (place) => {
    const template = Template.fromStack(everything(stackIn(place, 'Stack', new App({ context })))).toJSON();
    // With the flags CDK itself writes the partition of a known region.
    expect(literalPartitions(template).filter((partition) => partition !== place.partition)).toEqual([]);
    const others = PLACES.filter(({ region }) => region !== place.region);
    for (const { region } of others) expect(JSON.stringify(template)).not.toContain(region);
  });
});

test('the managed policies of AWS are those of the partition', () => {
  const stack = stackIn();
  new ConnectorRole(stack, 'Role', {
    trust: TrustPrincipal.baseAccount('111122223333'),
    externalId: ExternalId.of('83172650944188230571'),
    permissions: ConnectorPermissions.securityPosture(),
  });
  const template = Template.fromStack(stack).toJSON();
  expect(JSON.stringify(template)).toContain('SecurityAudit');
  expect(literalPartitions(template)).toEqual([]);
});

describe('base accounts of two account types', () => {
  const titles = (app: App) => app.node.children.map((stack) => Object.values(Template.fromStack(stack as Stack).findResources('Custom::QualysBaseAccount'))
    .map(({ Properties }) => [Properties.Title, Properties.AccountType, Properties.RecordName]));
  const register = (stack: Stack, title: string, service = newService(stack)) => new BaseAccount(stack, 'BaseAccount', {
    service, title, roles: AssumableRoles.named('QualysConnector'),
  });

  test('stand in one app, each with credentials of its own partition', () => {
    const app = new App();
    register(stackIn(PLACES[0], 'Commercial', app), 'Central Security');
    register(stackIn(PLACES[1], 'Government', app), 'Central Security, GovCloud');
    expect(titles(app)).toEqual([
      [['Central Security', 'GLOBAL', '/cdk-qualys-connectors/base-account/qualysapi.qg2.apps.qualys.com/GLOBAL']],
      [['Central Security, GovCloud', 'US_GOVCLOUD', '/cdk-qualys-connectors/base-account/qualysapi.qg2.apps.qualys.com/US_GOVCLOUD']],
    ]);
  });

  test('cannot share the secret with the credentials: a function does not reach another partition', () => {
    const app = new App();
    const commercial = stackIn(PLACES[0], 'Commercial', app);
    const service = newService(commercial);
    register(commercial, 'Central Security', service);
    expect(() => register(stackIn(PLACES[1], 'Government', app), 'Central Security, GovCloud', service))
      .toThrow('the secret Commercial/ApiUser is in region us-east-1 (partition aws), but Government/BaseAccount/Registration reads it in region us-gov-west-1 (partition aws-us-gov), '
        + "and no partition reads another one's secrets: give it a ConnectorService with a secret of its own partition");
    expect(() => new QualysAccountLookup(stackIn(PLACES[1], 'Lookups', app), 'Lookup', { service })).toThrow("no partition reads another one's secrets");
  });

  test('share it in the regions of one partition, and where a region is not known', () => {
    const app = new App();
    const secret = Secret.fromSecretCompleteArn(new Stack(app, 'Elsewhere'), 'Secret', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:qualys-a1B2c3');
    const service = new ConnectorService({ platform: QualysPlatform.US_2, credentials: QualysCredentials.basic(secret) });
    const unknown = new ConnectorService({ platform: QualysPlatform.EU_1, credentials: QualysCredentials.basic(Secret.fromSecretNameV2(new Stack(app, 'Unknown'), 'Secret', 'qualys')) });
    expect(() => {
      register(stackIn(PLACES[0], 'Commercial', app), 'Central Security', service);
      register(stackIn(undefined, 'Anywhere', app), 'Central Security', unknown);
    }).not.toThrow();
  });
});
