import { Aws, CfnResource, CustomResource, Stack, Tokenization } from 'aws-cdk-lib';
import { RotationTimes } from './rotation-times';
import { confirmBy } from '../../../private/confirm-command';
import { HandlerFunction } from '../../../private/handler-function';
import { DeployedRegistrationProperties, REGISTRATION_VARIABLE, TITLE_VARIABLE } from '../../../wire/base-account';

/**
 * Writes into the function's environment what it registers. A caller can ask for nothing else, and events of Secrets Manager, the schedule
 * and people have no properties at all. Nothing of it refers to the key's resource, which has to wait for everything that it needs.
 */
export function fixRegistration(
  handler: HandlerFunction, entry: CustomResource, properties: DeployedRegistrationProperties['Properties'], title: string, times?: RotationTimes,
): void {
  handler.function.addEnvironment(REGISTRATION_VARIABLE, Stack.of(handler).toJsonString({
    Properties: properties,
    StackId: Aws.STACK_ID,
    LogicalId: (entry.node.defaultChild as CfnResource).logicalId,
    RetireAfterSeconds: inSeconds(times?.retireAfterSeconds),
    ForceRetireAfterSeconds: inSeconds(times?.forceRetireAfterSeconds),
  } satisfies DeployedRegistrationProperties));
  handler.function.addEnvironment(TITLE_VARIABLE, title);
  confirmBy(handler.function);
}

function inSeconds(seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : Tokenization.stringifyNumber(seconds);
}
