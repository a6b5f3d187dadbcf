import { Aws, Lazy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, IPrincipal, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Notes } from '../../private/notes';
import { deployedStack } from '../../private/stacks';
import { FUNCTION_ROLE_PATH } from '../../wire/common';

const MOST = 20;

/**
 * Adds the resource policy of a key's secret that denies reading to all but the readers. They are in a condition: `NotPrincipal` would have
 * to name each session of a role too.
 */
export function closeSecret(secret: Secret, readers: readonly IPrincipal[]): void {
  if (readers.length === 0 || readers.length > MOST) {
    throw new Error(`secretReaders must hold 1 to ${MOST} roles, users or accounts, got ${readers.length}: `
      + 'leave it out to let everybody read to whom IAM grants it');
  }
  const notes = notesOf(secret);
  readers.flatMap(arnsOf).forEach((arn) => { notes.set(arn, arn); });
  secret.addToResourcePolicy(new PolicyStatement({
    sid: 'OnlyReaders',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['secretsmanager:GetSecretValue'],
    resources: ['*'], // of this secret: nothing else stands behind its policy
    conditions: { ArnNotEquals: { 'aws:PrincipalArn': Lazy.list({ produce: () => notes.values() }) } },
  }));
}

/** Lets a function of the library read a secret that has a resource policy. The secret's stack cannot refer to a stack that refers to it. */
export function letRead(secret: ISecret, role: IRole): void {
  const notes = notesOf(secret);
  if (notes.values().length === 0) return;
  const arn = deployedStack(secret) === deployedStack(role) ? role.roleArn : `arn:${Aws.PARTITION}:iam::${Stack.of(secret).account}:role${FUNCTION_ROLE_PATH}*`;
  notes.set(arn, arn);
}

function notesOf(secret: ISecret): Notes<string> {
  return new Notes(secret, 'secret-readers');
}

/** A whole account stands for the `aws:PrincipalArn` of all its users and roles. */
function arnsOf(principal: IPrincipal): string[] {
  const { AWS: arns = [], ...others } = principal.policyFragment.principalJson;
  const [other] = [...Object.keys(others), ...arns.includes('*') ? ['everybody'] : []];
  if (other !== undefined) {
    throw new Error(`secretReaders must hold roles, users or accounts of AWS, got a principal of another kind (${other}): `
      + 'give a role, a user or an iam.ArnPrincipal');
  }
  return arns.map((arn) => arn.replace(/:root$/, ':*'));
}
