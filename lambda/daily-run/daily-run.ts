import { countForeignKeys } from './foreign-keys';
import { dailyMetrics, Observations } from './metrics';
import { reconcileDelivery } from './reconcile-delivery';
import { retireOldKey } from './retire-old-key';
import { describeSecret, listKeys } from '../keys/engine';
import { ensureKey } from '../keys/minting/ensure-key';
import { ownRecord, updateRecord } from '../registration/record/own-record';
import { keyOf, Rotation } from '../rotation/rotation';
import { within } from '../runtime/calls/within';
import { DeadlineExceeded } from '../runtime/errors';
import { daysBetween } from '../runtime/metric-line';

/**
 * The schedule calls it once a day. It replaces a lost key, promotes a key that people have entered, sends the current key to a service
 * that does not have it, and retires the old key. It tries every part, even if another one fails. It always writes the metrics whose values
 * are known, and the heartbeat only if every part succeeded.
 */
export async function dailyRun(rotation: Rotation, write: (line: string) => void): Promise<void> {
  const { properties, clock, deadline } = rotation.registration;
  const failures: unknown[] = [];
  const attempt = async <T>(part: Promise<T>, kept = FOR_METRICS): Promise<T | undefined> => (
    within(Math.max(0, deadline.remaining() - kept), part, () => new DeadlineExceeded('the daily run')).catch((error: unknown) => {
      failures.push(error);
      return undefined;
    }));
  // A rotation that is under way brings its own key. The person who entered the last one has seen it by now.
  await attempt(ensureCurrentKey(rotation));
  await attempt(reconcileDelivery(rotation));
  const oldKeyInUse = await attempt(retireOldKey(rotation));
  const record = await attempt(observeRecord(rotation), 0);
  const keyAge = await attempt(ageOfKey(rotation), 0);
  const foreignKeys = await attempt(countForeignKeys(rotation), 0);
  write(dailyMetrics(properties, clock.now(), { ...record, keyAge, oldKeyInUse, foreignKeys, heartbeat: failures.length === 0 }));
  if (failures.length > 0) throw failures[0];
}

/** Milliseconds that are kept for the metrics, even if other calls get no answer. */
const FOR_METRICS = 90_000;

/** Replaces a key that somebody deleted or deactivated. The delivery comes next. */
async function ensureCurrentKey(rotation: Rotation): Promise<void> {
  const { takenFrom, status } = await ownRecord(rotation);
  if (takenFrom && status === 'REGISTERED') await updateRecord(rotation, { takenFrom: undefined }); // the deployment that took it over is long past

  await ensureKey(rotation.engine, rotation.engine.newVersionId());
}

async function observeRecord(rotation: Rotation): Promise<Pick<Observations, 'awaitingConsole' | 'rotationFailed'>> {
  const { awaitingSince, lastRotation } = await ownRecord(rotation);
  return {
    awaitingConsole: awaitingSince === undefined ? 0 : daysBetween(Date.parse(awaitingSince), rotation.registration.clock.now()),
    rotationFailed: lastRotation === 'FAILED',
  };
}

async function ageOfKey(rotation: Rotation): Promise<number> {
  const { engine, registration: { clock } } = rotation;
  const current = await keyOf(rotation, (await describeSecret(engine)).stages.AWSCURRENT);
  const key = (await listKeys(engine)).find((one) => one.accessKeyId === current.accessKeyId);
  return key === undefined ? 0 : daysBetween(key.created.getTime(), clock.now());
}
