import { seededUuid } from '../../../support/seeded';
import { BaseAccountStage, DAY } from '../../../support/stage/base-account-stage';
import { BrokenCall, during } from '../broken-call';
import { Command, delivers, Model, Scene } from './scene';
import { demand, excuse } from './truth';

/** A rotation as Secrets Manager drives it: one that is not over is tried again with its own token. */
export class Rotate extends Command<{ readonly retries: number; readonly broken?: BrokenCall }> {
  public override check({ phase }: Readonly<Model>): boolean {
    return phase === 'STANDING';
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const { stage, world } = scene;
    const { secret } = stage;
    const before = { current: stage.currentKey, status: scene.statusOf(stage.currentKey), atService: world.keyAtService, entry: scene.entry };
    const token = nextToken(stage);
    const isNew = token !== secret.staged('AWSPENDING')?.id;
    const previous = scene.statusOf(scene.keyUnder('AWSPREVIOUS'));
    const makesRoom = previous !== undefined && previous !== 'Active' && isSettled(stage, scene.keyUnder('AWSPREVIOUS'));
    const keys = world.aws.account.keysOf(model.desired.userName).length - (makesRoom ? 1 : 0);
    const refused = model.entryIsOthers && delivers(model);
    const full = isNew && ((previous !== undefined && !makesRoom) || keys > 1);
    const settled = !model.unsettled;
    excuse(model, scene);
    const attempt = async () => (await stage.rotate(token)).outcome === 'returned';
    const { result, hit } = await during(world, this.options.broken, attempt);
    let returned = result;
    for (let retry = 0; retry < this.options.retries && !returned && secret.staged('AWSPENDING')?.id === token; retry++) returned = await attempt();
    const promoted = secret.staged('AWSCURRENT')?.id === token;
    if (!hit && isNew && settled) demand(returned, !full && !refused, this.toString(), world.log);
    if (!promoted) {
      if (delivers(model) && this.options.retries > 0 && isNew && settled && !full && !refused) {
        // Only where the new key did not hold is it given up; then nothing of it is left.
        expect(secret.staged('AWSPENDING')?.id).not.toBe(token);
      }
      expect(stage.currentKey).toBe(before.current);
      if (!delivers(model)) expect(scene.entry).toEqual(before.entry);
      // So that nobody stands in the way of the next one.
      if (full && isNew && secret.staged('AWSPENDING')?.value === undefined) secret.staged('AWSPENDING')?.stages.delete('AWSPENDING');
      model.tampered ||= hit;
      return hit;
    }
    const arrived = world.keyAtService === stage.currentKey;
    // Where a person entered it and it was used, another may have changed the entry since.
    if (delivers(model) || (scene.entry && !model.serviceBroken)) expect(arrived).toBe(true);
    expect(scene.statusOf(before.current)).toBe(before.status); // the old one stays as it was
    Object.assign(model, { keyBroken: false, promotedAt: world.time.now() }, arrived && { tampered: false, serviceBroken: false });
    if (!hit) model.unsettled = false;
    return hit;
  }
}

/** Whether the key was deactivated so long ago that it may be deleted. */
function isSettled({ record, world }: BaseAccountStage, accessKeyId: string | undefined): boolean {
  const { deactivated } = record ?? {};
  return deactivated?.accessKeyId === accessKeyId && world.time.now() - Date.parse(deactivated!.at) >= 20 * 3_600_000;
}

/** That of the rotation that is not over, or a new one. */
export function nextToken({ secret, world }: BaseAccountStage): string {
  const pending = secret.staged('AWSPENDING');
  return pending && pending !== secret.staged('AWSCURRENT') ? pending.id : seededUuid(world.random);
}

/** Days go by, then the daily run. */
export class DailyRun extends Command<{ readonly days: number; readonly broken?: BrokenCall }> {
  public override check({ phase }: Readonly<Model>): boolean {
    return phase === 'STANDING';
  }

  protected async happen(model: Model, scene: Scene): Promise<boolean> {
    const { stage, world } = scene;
    const { account } = world.aws;
    world.time.advance(this.options.days * DAY);
    excuse(model, scene);
    const old = scene.keyUnder('AWSPREVIOUS');
    const before = { status: scene.statusOf(old), lastUsed: account.keys.find(({ accessKeyId }) => accessKeyId === old)?.lastUsed?.getTime() ?? 0 };
    const waits = scene.keyUnder('AWSPENDING');
    const promotes = !delivers(model) && account.keys.some(({ accessKeyId, lastUsed }) => accessKeyId === waits && lastUsed !== undefined);
    const canMint = model.foreign.length === 0 && !(waits && scene.statusOf(waits));
    const { result: { outcome }, hit } = await during(world, this.options.broken, () => stage.dailyRun());
    if (!model.keyBroken && !promotes && before.status === 'Active' && before.lastUsed > model.promotedAt) expect(scene.statusOf(old)).toBe('Active');
    if (promotes && scene.keyUnder('AWSPENDING') === undefined) {
      expect(stage.currentKey).toBe(waits);
      Object.assign(model, { keyBroken: false, promotedAt: world.time.now() });
    }
    if (hit) return hit;
    if (!model.entryIsOthers && (!model.keyBroken || canMint)) {
      demand(outcome === 'returned', true, this.toString(), world.log);
      model.unsettled = false;
    }
    if (!model.keyBroken || !canMint) return hit;
    model.keyBroken = false;
    expect(scene.statusOf(stage.currentKey)).toBe('Active');
    if (delivers(model) && !model.entryIsOthers && scene.keyUnder('AWSPENDING') === undefined) {
      expect(world.keyAtService).toBe(stage.currentKey);
      model.tampered = false;
    }
    return hit;
  }
}
