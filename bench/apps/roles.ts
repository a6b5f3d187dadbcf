/*
 * Many connector roles: `node roles.js library|by-hand COUNT OUTDIR`. Prints how long building and synthesis took, without
 * the time to load modules, and the most memory that the process had.
 */
import { App, Aws, Stack } from 'aws-cdk-lib';
import { ArnPrincipal, ManagedPolicy, PolicyStatement, PrincipalWithConditions, Role } from 'aws-cdk-lib/aws-iam';
import { SECURITY_POSTURE } from '../../src/private/vendor-permissions';

const [side, count, outdir] = process.argv.slice(2) as [string, string, string];
const BASE_ACCOUNT = '111111111111';
const env = { account: '222222222222', region: 'us-east-1' };
/** Two resources a role; a stack takes 500. */
const ROLES_PER_STACK = 240;

type MakeRole = (stack: Stack, index: number) => void;

/** As one writes them who knows what belongs into the template. */
const byHand: MakeRole = (stack, index) => {
  const permissions = new ManagedPolicy(stack, `Permissions${index}`, {
    description: 'What Qualys connectors may read.',
    statements: [
      new PolicyStatement({ sid: 'SecurityPosture', actions: SECURITY_POSTURE, resources: ['*'] }),
      new PolicyStatement({ sid: 'RestApis', actions: ['apigateway:GET'], resources: [`arn:${Aws.PARTITION}:apigateway:*::/restapis/*`] }),
    ],
  });
  new Role(stack, `Role${index}`, {
    roleName: `QualysConnector${index}`,
    description: 'Lets Qualys connectors read this account.',
    assumedBy: new PrincipalWithConditions(new ArnPrincipal(`arn:${Aws.PARTITION}:iam::${BASE_ACCOUNT}:root`), {
      StringEquals: { 'sts:ExternalId': `8317265094418823${env.account}` },
      ArnEquals: { 'aws:PrincipalArn': `arn:${Aws.PARTITION}:iam::${BASE_ACCOUNT}:user/qualys-base-account` },
    }),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('SecurityAudit'), permissions],
  });
};

function withLibrary(): MakeRole {
  // Loaded only on its side.
  const { ConnectorPermissions, ConnectorRole, ExternalId, TrustPrincipal } = require('cdk-qualys-connectors') as typeof import('cdk-qualys-connectors');
  return (stack, index) => {
    new ConnectorRole(stack, `Role${index}`, {
      roleName: `QualysConnector${index}`,
      trust: TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys-base-account' }),
      externalId: ExternalId.perAccount('8317265094418823'),
      permissions: ConnectorPermissions.securityPosture(),
    });
  };
}

const make = side === 'library' ? withLibrary() : byHand;
// Loads what CDK loads at first use.
const warm = new App({ outdir: `${outdir}-warm` });
make(new Stack(warm, 'Warm', { env }), 0);
warm.synth();

const start = performance.now();
const cpu = process.cpuUsage();
const app = new App({ outdir });
let stack: Stack;
for (let index = 0; index < Number(count); index++) {
  if (index % ROLES_PER_STACK === 0) { stack = new Stack(app, `Stack${index / ROLES_PER_STACK}`, { env }); }
  make(stack!, index);
}
app.synth();
const ms = performance.now() - start;
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ ms, cpu: (user + system) / 1000, megabytes: process.resourceUsage().maxRSS / 1024 }));
