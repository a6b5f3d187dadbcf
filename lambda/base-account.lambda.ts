import { randomUUID } from 'node:crypto';
import { stsTrial } from './access-proof/sts-trial';
import { organization } from './accounts/organization';
import { stackSets } from './accounts/stack-sets';
import { dailyRun } from './daily-run/daily-run';
import { reconcileDelivery } from './daily-run/reconcile-delivery';
import { stsWhoAmI } from './keys/caller-identity';
import { iamUserKeys } from './keys/iam-user-keys';
import { keySecret } from './keys/secrets-manager';
import { baseAccount } from './registration/base-account';
import { confirmRegistration } from './registration/confirm';
import { lookForEntry } from './registration/delivery/look-for-entry';
import { snsNotify } from './registration/delivery/sns';
import { parseDeployedRegistration } from './registration/deployed-registration';
import { openRegistration } from './registration/open-registration';
import { ownRecord } from './registration/record/own-record';
import { parameterStore } from './registration/record/parameter-store';
import { rotate } from './rotation/rotate';
import { openRotation, RotationWorld } from './rotation/rotation';
import { calledBy } from './runtime/callers';
import { customResourceHandler } from './runtime/custom-resource';
import { Invocation } from './runtime/resource';
import { runTask } from './runtime/task';
import { systemWorld } from './runtime/world';
import { systemService } from './service/system-service';
import { DAILY_RUN_EVENT } from '../src/wire/base-account';
import { CONFIRM_EVENT } from '../src/wire/common';

const world: RotationWorld = {
  ...systemWorld,
  secret: keySecret,
  whoAmI: stsWhoAmI,
  userKeys: iamUserKeys,
  newVersionId: randomUUID,
  records: parameterStore,
  notify: snsNotify,
  accounts: (outbound) => ({ stackSets: stackSets(outbound), organization: organization(outbound) }),
  tryRoles: stsTrial,
  service: systemService,
};

/**
 * CloudFormation calls it, Secrets Manager for the steps of a rotation, a schedule once a day, and a person who asks for the state of the
 * entry.
 */
export const handler = calledBy<string[] | void>(systemWorld, {
  request: customResourceHandler(baseAccount(world), systemWorld),
  tasks: {
    [DAILY_RUN_EVENT.Task]: (_, context) => runTask('DailyRun', context, systemWorld, async (invocation) => {
      const deployed = parseDeployedRegistration(systemWorld.env);
      if (deployed.rotation) return dailyRun(openRotation(world, deployed, invocation), systemWorld.write);
      const registration = openRegistration(world, deployed.properties, deployed.owner, invocation);
      await lookForEntry({ registration }, await ownRecord({ registration }));
    }),
    [CONFIRM_EVENT.Task]: (_, context) => runTask('Confirm', context, systemWorld, confirm),
  },
  step: ({ Step, SecretId, ClientRequestToken }, context) => runTask(String(Step), context, systemWorld, (invocation) => (
    rotate(openRotation(world, parseDeployedRegistration(systemWorld.env), invocation), { Step, SecretId, ClientRequestToken }))),
});

/** It also does what the daily run would do, so a person who has entered a key need not wait for that. */
async function confirm(invocation: Invocation): Promise<string[]> {
  const deployed = parseDeployedRegistration(systemWorld.env);
  const registration = openRegistration(world, deployed.properties, deployed.owner, invocation);
  if (deployed.rotation === undefined) return confirmRegistration(registration);
  const rotation = openRotation(world, deployed, invocation);
  await reconcileDelivery(rotation);
  return confirmRegistration(rotation.registration, (accessKeyId) => rotation.engine.userKeys.lastUsed(accessKeyId));
}
