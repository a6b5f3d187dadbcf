import { Aws, Stack, Token } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct, IDependable } from 'constructs';
import { ServingFunction } from './connector-handler';
import { acknowledge } from '../../private/acknowledgements';
import { notesOnConnectors } from '../../private/known-findings';
import { ownChild } from '../../private/stacks';
import { QualysPlatform } from '../../service/qualys-platform';
import { connectorNotesAt } from '../../wire/connector';
import { hashed } from '../../wire/pins';

const ID = 'QualysConnectorNotes';

/** Holds the policies for the notes, one for each platform. */
class NotesAccess extends Construct {
  public readonly perPlatform = true;
}

/**
 * The rights on the notes about the connectors of the stack on a platform. They exist as long as such a connector does. When the function
 * deletes a connector, they show that its host was deployed.
 */
export function notesAccess(scope: IConstruct, handler: ServingFunction, platform: QualysPlatform): IDependable {
  const stack = Stack.of(handler);
  const all = ownChild<NotesAccess>(stack, ID, 'perPlatform') ?? new NotesAccess(stack, ID);
  const host = platform._host();
  const id = Token.isUnresolved(host) ? `Platform${hashed(stack.resolve(host)).slice(-16)}` : host.replace(/[^A-Za-z0-9]/g, '');
  const found = all.node.tryFindChild(id) as ManagedPolicy | undefined;
  if (found) return found;
  handler.takePolicy(scope);

  const folder = `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter${connectorNotesAt(Aws.STACK_NAME, host)}`;
  const policy = new ManagedPolicy(all, id, {
    description: 'Lets a function of cdk-qualys-connectors note which connectors it has made.',
    roles: [handler.role],
    statements: [
      new PolicyStatement({ actions: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'], resources: [`${folder}/*`] }),
      new PolicyStatement({ actions: ['ssm:GetParametersByPath'], resources: [folder] }),
    ],
  });
  if (!Token.isUnresolved(host)) acknowledge(policy, notesOnConnectors(`${folder}/*`));
  return policy;
}
