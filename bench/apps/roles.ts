/*
 * Many connector roles: `node roles.js library|by-hand|by-hand-held COUNT OUTDIR`. Prints how long building and synthesis took, without
 * the time to load modules, and the most memory that the process had.
 */
import { App, Aws, Stack } from 'aws-cdk-lib';
import { ArnPrincipal, ManagedPolicy, PolicyStatement, PrincipalWithConditions, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { SECURITY_POSTURE } from '../../src/role/private/vendor-permissions';

const [side, count, outdir] = process.argv.slice(2) as [string, string, string];
const BASE_ACCOUNT = '111111111111';
const env = { account: '222222222222', region: 'us-east-1' };
/** Two resources a role; a stack takes 500. */
const ROLES_PER_STACK = 240;

type MakeRole = (scope: Construct, index: number) => void;

/** As one writes them who knows what belongs into the template. */
const byHand: MakeRole = (scope, index) => {
  const permissions = new ManagedPolicy(scope, `Permissions${index}`, {
    description: 'What Qualys connectors may read.',
    statements: [
      new PolicyStatement({ sid: 'SecurityPosture', actions: SECURITY_POSTURE, resources: ['*'] }),
      new PolicyStatement({ sid: 'RestApis', actions: ['apigateway:GET'], resources: [`arn:${Aws.PARTITION}:apigateway:*::/restapis/*`] }),
    ],
  });
  new Role(scope, `Role${index}`, {
    roleName: `QualysConnector${index}`,
    description: 'Lets Qualys connectors read this account.',
    assumedBy: new PrincipalWithConditions(new ArnPrincipal(`arn:${Aws.PARTITION}:iam::${BASE_ACCOUNT}:root`), {
      StringEquals: { 'sts:ExternalId': `8317265094418823${env.account}` },
      ArnEquals: { 'aws:PrincipalArn': `arn:${Aws.PARTITION}:iam::${BASE_ACCOUNT}:user/qualys-base-account` },
    }),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('SecurityAudit'), permissions],
  });
};

/** With a construct that holds the role and its policy, as one writes them who needs them more than once. */
const byHandHeld: MakeRole = (scope, index) => byHand(new Construct(scope, `Role${index}`), index);

function withLibrary(): MakeRole {
  // Loaded only on its side.
  const { ConnectorPermissions, ConnectorRole, ExternalId, TrustPrincipal } = require('cdk-qualys-connectors') as typeof import('cdk-qualys-connectors');
  return (scope, index) => {
    new ConnectorRole(scope, `Role${index}`, {
      roleName: `QualysConnector${index}`,
      trust: TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys-base-account' }),
      externalId: ExternalId.perAccount('8317265094418823'),
      permissions: ConnectorPermissions.securityPosture(),
    });
  };
}

const make = side === 'library' ? withLibrary() : { 'by-hand': byHand, 'by-hand-held': byHandHeld }[side]!;
// Loads what CDK loads at first use.
const warm = new App({ outdir: `${outdir}-warm` });
make(new Stack(warm, 'Warm', { env }), 0);
warm.synth();

const start = performance.now();
const cpu = process.cpuUsage();
const app = new App({ outdir });
let stack: Stack;
for (let index = 0; index < Number(count); index++) {
  if (index % ROLES_PER_STACK === 0) stack = new Stack(app, `Stack${index / ROLES_PER_STACK}`, { env });
  make(stack!, index);
}
app.synth();
const ms = performance.now() - start;
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ ms, cpu: (user + system) / 1000, megabytes: process.resourceUsage().maxRSS / 1024 }));
