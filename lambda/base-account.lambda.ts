import { randomUUID } from 'node:crypto';
import { dailyRun } from './daily-run/daily-run';
import { stsWhoAmI } from './keys/caller-identity';
import { iamUserKeys } from './keys/iam-user-keys';
import { keySecret } from './keys/secrets-manager';
import { baseAccount } from './registration/base-account';
import { parameterStore } from './registration/parameter-store';
import { snsNotify } from './registration/sns';
import { parseDeployedRegistration } from './rotation/deployed-registration';
import { rotate, RotationEvent } from './rotation/rotate';
import { openRotation, RotationWorld } from './rotation/rotation';
import { customResourceHandler, FunctionContext } from './runtime/custom-resource';
import { systemWorld } from './runtime/system-world';
import { runTask } from './runtime/task';
import { systemService } from './service/system-service';
import { DAILY_RUN_EVENT } from '../src/wire/base-account';

const world: RotationWorld = {
  ...systemWorld,
  secret: keySecret,
  whoAmI: stsWhoAmI,
  userKeys: iamUserKeys,
  newVersionId: randomUUID,
  records: parameterStore,
  notify: snsNotify,
  service: systemService,
};

const onCloudFormation = customResourceHandler(baseAccount(world), systemWorld);

type Event = Partial<RotationEvent & { readonly Task: string; readonly ResponseURL: unknown }> | null;

/** Called by CloudFormation, by Secrets Manager for the steps of a rotation, and by a schedule once a day. */
export async function handler(event: Event, context: FunctionContext): Promise<void> {
  if (event?.ResponseURL !== undefined) return onCloudFormation(event, context); // whoever waits for an answer gets one, whatever else the event says

  if (event?.Task === DAILY_RUN_EVENT.Task) {
    return runTask('DailyRun', context, systemWorld, (invocation) => (
      dailyRun(openRotation(world, parseDeployedRegistration(process.env), invocation), systemWorld.write)));
  }
  if (event?.Step !== undefined) {
    return runTask(event.Step, context, systemWorld, (invocation) => (
      rotate(openRotation(world, parseDeployedRegistration(process.env), invocation), event as RotationEvent)));
  }
  return onCloudFormation(event, context);
}
