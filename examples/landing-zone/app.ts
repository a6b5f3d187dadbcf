import { App, Aspects, Aws, CfnResource, DefaultStackSynthesizer, IAspect, Stack, Stage, StageProps, Tags } from 'aws-cdk-lib';
import { PipelineType } from 'aws-cdk-lib/aws-codepipeline';
import { CfnManagedPolicy, CfnRole, CfnUser, ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CodePipeline, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
import {
  AssumableRoles, BaseAccount, BaseAccountAlarms, ConnectorPermissions, ConnectorRole, ConnectorService, ExternalId, QualysCredentials,
  QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';
import { Construct, IConstruct } from 'constructs';

/*
 * Base account and connector roles under the rules of a landing zone: deployed by a pipeline, bootstrapped with a qualifier
 * of its own, every role bounded, everything tagged, and every name with a prefix.
 */
const region = 'us-east-1';
const tools = { account: '444444444444', region };
const security = { account: '111111111111', region };
const production = { account: '222222222222', region };

const prefix = 'acme-';

/** The organization's rule for names: what has a name in code gets the prefix, what has none gets one made of its logical ID. */
class NamePrefix implements IAspect {
  public visit(node: IConstruct): void {
    if (node instanceof CfnRole) node.roleName = named(node, node.roleName);
    if (node instanceof CfnUser) node.userName = named(node, node.userName);
    if (node instanceof CfnManagedPolicy) node.managedPolicyName = named(node, node.managedPolicyName);
    if (node instanceof CfnFunction) node.functionName = named(node, node.functionName);
  }
}

function named(resource: CfnResource, name?: string): string {
  const stack = Stack.of(resource);
  return `${prefix}${stack.resolve(name) ?? stack.getLogicalId(resource)}`; // resolved, as CDK passes a token where there is no name
}

class Connectors extends Stage {
  public constructor(scope: Construct, id: string, props?: StageProps) {
    super(scope, id, props);
    const securityStack = new Stack(this, 'CentralSecurity', { env: security });
    const { user, registration } = new BaseAccount(securityStack, 'BaseAccount', {
      service: new ConnectorService({
        platform: QualysPlatform.US_2,
        credentials: QualysCredentials.basic(Secret.fromSecretNameV2(securityStack, 'ApiUser', 'qualys/api-user')),
      }),
      title: 'Central Security',
      userName: 'qualys-base-account',
      // A name in a policy is text: it has to be the one with the prefix.
      roles: AssumableRoles.named(`${prefix}QualysConnector`),
    });
    new BaseAccountAlarms(securityStack, 'Alarms', { registration: registration });

    new ConnectorRole(new Stack(this, 'Production', { env: production }), 'ConnectorRole', {
      roleName: 'QualysConnector',
      // Follows the user: its name and path are those that it has after all aspects.
      trust: TrustPrincipal.ofUser(user),
      externalId: ExternalId.perAccount('8317265094418823'),
      permissions: ConnectorPermissions.securityPosture(),
    });
  }
}

const app = new App({ defaultStackSynthesizer: new DefaultStackSynthesizer({ qualifier: 'acme' }) });
const pipelineStack = new Stack(app, 'Pipeline', { env: tools });
const pipeline = new CodePipeline(pipelineStack, 'Pipeline', {
  crossAccountKeys: true,
  enableKeyRotation: true,
  pipelineType: PipelineType.V2,
  synth: new ShellStep('Synth', {
    input: CodePipelineSource.connection('acme/qualys', 'main', {
      connectionArn: `arn:aws:codeconnections:${region}:${tools.account}:connection/12345678-90ab-cdef-1234-567890abcdef`,
    }),
    commands: ['npm ci', 'npx cdk synth'],
  }),
});
const stage = new Connectors(app, 'Qualys');

// Each role and user is bounded by the policy of this name in its own account.
const boundary = ManagedPolicy.fromManagedPolicyArn(pipelineStack, 'Boundary', `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:policy/LandingZoneBoundary`);
// What is set for the app ends at a stage, so it is set for the stage too.
for (const scope of [app, stage]) {
  PermissionsBoundary.of(scope).apply(boundary);
  Tags.of(scope).add('team', 'security');
}
Aspects.of(stage).add(new NamePrefix());

// Last: it synthesizes the stage, and what is added to it afterwards is lost.
pipeline.addStage(stage);
