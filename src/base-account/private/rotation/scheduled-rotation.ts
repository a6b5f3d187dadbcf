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
 * Has the registration's function rotate the key, and look after it once a day.
 *
 * None of it outlives the function, whatever becomes of user and registration: a schedule without its function would fail
 * time and again, and leave a version of the secret behind that blocks the next rotation.
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
  // Not `secret.addRotationSchedule`: it lets the function do more, and adds to the key's policy.
  const schedule = new CfnRotationSchedule(rotation, 'Schedule', {
    secretId: secretId(user.accessKeySecret),
    rotationLambdaArn: handler.functionArn,
    rotationRules: { scheduleExpression: times.scheduleExpression },
    rotateImmediatelyOnUpdate: false,
  });
  // The first key is there and delivered before a second one is made.
  schedule.node.addDependency(entry, access, invocation);

  scheduleDailyRun(rotation, handler, `looks after the access key of the user ${user.userName}`, [entry, access]);
}
