import { daysBetween, metricLine, Observations } from './metrics';
import { reconcileDelivery } from './reconcile-delivery';
import { retireOldKey } from './retire-old-key';
import { describeSecret, listKeys } from '../keys/engine';
import { ensureKey } from '../keys/ensure-key';
import { keyOf, ownRecord, Rotation, updateRecord } from '../rotation/rotation';

/**
 * What the schedule calls once a day: a lost key is replaced, a key that people have entered is promoted, a service that
 * lags behind is brought up to date, and the old key is retired. Every part is tried, whatever becomes of the others; the
 * metrics are written in any case, the heartbeat only if all went well.
 */
export async function dailyRun(rotation: Rotation, write: (line: string) => void): Promise<void> {
  const failures: unknown[] = [];
  const attempt = async <T>(part: Promise<T>): Promise<T | undefined> => part.catch((error: unknown) => {
    failures.push(error);
    return undefined;
  });
  // A rotation that is under way brings its own key; whoever entered the last one has seen it by now.
  await attempt(ensureCurrentKey(rotation));
  await attempt(reconcileDelivery(rotation));
  const oldKeyInUse = await attempt(retireOldKey(rotation));
  const observations = await attempt(observe(rotation, oldKeyInUse ?? 0));
  if (observations) {
    const { properties, clock } = rotation.registration;
    write(metricLine(properties, clock.now(), { ...observations, heartbeat: failures.length === 0 }));
  }
  if (failures.length > 0) throw failures[0];
}

/** A key that was deleted or deactivated behind our back is followed by a fresh one; the delivery comes next. */
async function ensureCurrentKey(rotation: Rotation): Promise<void> {
  const { takenFrom, status } = await ownRecord(rotation);
  if (takenFrom && status === 'REGISTERED') await updateRecord(rotation, { takenFrom: undefined }); // the deployment that took it over is long past

  await ensureKey(rotation.engine, rotation.engine.newVersionId());
}

async function observe(rotation: Rotation, oldKeyInUse: number): Promise<Omit<Observations, 'heartbeat'>> {
  const { engine, registration } = rotation;
  const record = await ownRecord(rotation);
  const current = await keyOf(rotation, (await describeSecret(engine)).stages.AWSCURRENT);
  const key = (await listKeys(engine)).find((one) => one.accessKeyId === current.accessKeyId);
  const now = registration.clock.now();
  return {
    keyAge: key === undefined ? 0 : daysBetween(key.created.getTime(), now),
    oldKeyInUse,
    awaitingConsole: record.awaitingSince === undefined ? 0 : daysBetween(Date.parse(record.awaitingSince), now),
    rotationFailed: record.lastRotation === 'FAILED',
  };
}
