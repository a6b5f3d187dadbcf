import { awsError } from './account';
import { checkTag } from './tags';
import type { Stage } from '../../../lambda/keys/ports';
import { MINTING_TAG } from '../../../src/wire/access-key';

interface Version {
  readonly id: string;
  /** None: as Secrets Manager makes it when a rotation begins. */
  value?: string;
  readonly stages: Set<Stage>;
}

/** Which version is wanted. */
export type Wanted = { readonly id: string } | { readonly stage: Stage };

/** One secret of Secrets Manager, with its rules of versions and staging labels. */
export class FakeSecret {
  public readonly versions: Version[] = [];
  public readonly tags = new Map<string, string>();
  /** Scheduled for deletion: it can be described and restored, nothing else. */
  public deleted = false;
  public rotationEnabled = false;
  /** Its KMS key is disabled, or may not be used: values can neither be read nor written. */
  public kms: 'usable' | 'disabled' | 'denied' = 'usable';

  public constructor(public readonly arn: string) {}

  /** The note of the key engine. */
  public get tag(): string | undefined {
    return this.tags.get(MINTING_TAG);
  }

  public staged(stage: Stage): Version | undefined {
    return this.versions.find((version) => version.stages.has(stage));
  }

  /** As Secrets Manager does before it calls the first step: the version is there, and empty. Or refuses, as one is under way. */
  public beginRotation(token: string): void {
    const pending = this.staged('AWSPENDING');
    if (pending && pending !== this.staged('AWSCURRENT') && pending.id !== token) {
      throw awsError('InvalidRequestException',
        'A previous rotation isn\'t complete. That rotation will be reattempted.');
    }
    this.rotationEnabled = true;
    pending?.stages.delete('AWSPENDING');
    if (!this.versions.some((version) => version.id === token)) this.versions.push({ id: token, stages: new Set() });
    this.move('AWSPENDING', token);
  }

  /** What a version holds, parsed. */
  public json(stage: Stage): Record<string, string> | undefined {
    const value = this.staged(stage)?.value;
    return value === undefined ? undefined : JSON.parse(value);
  }

  /** Labels by version; versions without a label are not shown. */
  public labels(): Record<string, Stage[]> {
    return Object.fromEntries(this.versions.filter(({ stages }) => stages.size > 0).map(({ id, stages }) => [id, [...stages]]));
  }

  /** A value as it is read; throws what Secrets Manager says of one that is not there. */
  public value(wanted: Wanted): { readonly id: string; readonly value: string; readonly stages: Stage[] } {
    this.demandValues('DecryptionFailure', 'Secrets Manager can\'t decrypt the secret value');
    const version = 'id' in wanted ? this.versions.find(({ id }) => id === wanted.id) : this.staged(wanted.stage);
    if (version?.value === undefined) {
      const label = 'id' in wanted ? `version id: ${wanted.id}` : `staging label: ${wanted.stage}`;
      throw awsError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${label}`);
    }
    return { id: version.id, value: version.value, stages: [...version.stages] };
  }

  public put(id: string, value: string, stage: Stage): void {
    this.demandValues('EncryptionFailure', 'Secrets Manager can\'t encrypt the protected secret text');
    const existing = this.versions.find((version) => version.id === id);
    if (existing?.value !== undefined) {
      if (existing.value !== value) {
        throw awsError('ResourceExistsException',
          'You can\'t modify an existing version, you can only create a new version.');
      }
      return;
    }
    if (existing) {
      existing.value = value;
      this.move(stage, id);
      return;
    }
    const version: Version = { id, value, stages: new Set() };
    // The first version is always the current one.
    const label = this.versions.length === 0 ? 'AWSCURRENT' : stage;
    this.versions.push(version);
    this.move(label, id);
    if (label !== stage) this.move(stage, id);
  }

  /** `UpdateSecretVersionStage`: who moves or takes off a label has to say where it is. */
  public updateStage(stage: Stage, to: string | undefined, from: string | undefined): void {
    this.demand();
    const holder = this.staged(stage);
    for (const id of [to, from]) if (id !== undefined && !this.versions.some((version) => version.id === id)) throw awsError('ResourceNotFoundException', `Secrets Manager can't find the specified secret version: ${id}`);


    if (holder && holder.id !== to && holder.id !== from) {
      throw awsError('InvalidParameterException',
        `The staging label ${stage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`);
    }
    if (to !== undefined) {
      this.move(stage, to);
      return;
    }
    if (stage === 'AWSCURRENT') throw awsError('InvalidParameterException', 'You can\'t remove staging label AWSCURRENT, only move it.');
    holder?.stages.delete(stage);
  }

  public move(stage: Stage, to: string): void {
    const from = this.staged(stage);
    if (stage === 'AWSCURRENT' && from && from.id !== to) {
      this.versions.forEach((version) => version.stages.delete('AWSPREVIOUS'));
      from.stages.add('AWSPREVIOUS');
    }
    from?.stages.delete(stage);
    const target = this.versions.find((version) => version.id === to);
    if (!target) throw awsError('ResourceNotFoundException');
    if (stage === 'AWSCURRENT') target.stages.delete('AWSPREVIOUS');
    target.stages.add(stage);
  }

  public setTag(key: string, value: string): void {
    this.demand();
    checkTag(key, value);
    this.tags.set(key, value);
  }

  private demand(): void {
    if (this.deleted) {
      throw awsError('InvalidRequestException',
        'You can\'t perform this operation on the secret because it was marked for deletion.');
    }
  }

  private demandValues(name: string, message: string): void {
    this.demand();
    if (this.kms === 'denied') throw awsError('AccessDeniedException', 'Access to KMS is not allowed');
    if (this.kms === 'disabled') throw awsError(name, message);
  }
}
