import { CustomResource, Stack } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnRotationSchedule } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { scheduleDailyRun } from './daily-run';
import { rotateKeys } from '../key-rights';
import { RotationTimes } from './rotation-times';
import { acknowledge } from '../../../private/acknowledgements';
import { HandlerFunction } from '../../../private/handler-function';
import { INVOCATION } from '../../../private/known-findings';
import { secretId } from '../../../private/secrets';
import { IBaseAccountUser } from '../../base-account-user-attributes';

export interface ScheduledRotationProps {
  readonly handler: HandlerFunction;
  /** The registration's custom resource. */
  readonly entry: CustomResource;
  readonly user: IBaseAccountUser;
  readonly times: RotationTimes;
}

/**
 * Makes the registration's function rotate the key, and runs it once a day.
 *
 * Nothing of it stays without the function, also when user and registration stay. A schedule without its function would fail every time,
 * and leave a version of the secret that blocks the next rotation.
 */
export function scheduleRotation(scope: Construct, { handler, entry, user, times }: ScheduledRotationProps): void {
  const rotation = new Construct(scope, 'Rotation');
  const functionName = handler.function.functionArn;

  const access = new ManagedPolicy(rotation, 'Access', {
    description: `Lets a function of cdk-qualys-connectors rotate the access key of the user ${user.userName}.`,
    roles: [handler.role],
    statements: rotateKeys(user.userArn, user.accessKeySecret),
  });

  const invocation = new CfnPermission(rotation, 'Invocation', {
    action: 'lambda:InvokeFunction',
    functionName,
    principal: 'secretsmanager.amazonaws.com',
    sourceAccount: Stack.of(scope).account,
  });
  acknowledge(invocation, INVOCATION);
  // `secret.addRotationSchedule` would give the function more rights, and add to the key's policy.
  const schedule = new CfnRotationSchedule(rotation, 'Schedule', {
    secretId: secretId(user.accessKeySecret),
    rotationLambdaArn: handler.functionArn,
    rotationRules: { scheduleExpression: times.scheduleExpression },
    rotateImmediatelyOnUpdate: false,
  });
  // The function delivers the first key before it makes a second one.
  schedule.node.addDependency(entry, access, invocation);

  scheduleDailyRun(rotation, handler, `looks after the access key of the user ${user.userName}`, [entry, access]);
}
