import { awsError } from './account';
import type { KeySecret, Stage } from '../../../lambda/keys/ports';
import type { Outbound } from '../../../lambda/runtime/resource';

interface Version {
  readonly id: string;
  /** None: as Secrets Manager makes it when a rotation begins. */
  value?: string;
  readonly stages: Set<Stage>;
}

/** One secret of Secrets Manager, with its rules of versions and staging labels. */
export class FakeSecret {
  public readonly versions: Version[] = [];
  public tag?: string;
  public deleted = false;
  public rotationEnabled = false;

  public constructor(public readonly arn: string) {}

  public staged(stage: Stage): Version | undefined {
    return this.versions.find((version) => version.stages.has(stage));
  }

  /** As Secrets Manager does before it calls the first step: the version is there, and empty. Or refuses, as one is under way. */
  public beginRotation(token: string): void {
    const pending = this.staged('AWSPENDING');
    if (pending && pending !== this.staged('AWSCURRENT') && pending.id !== token) {
      throw awsError('InvalidRequestException', 'A previous rotation isn\'t complete. That rotation will be reattempted.');
    }
    this.rotationEnabled = true;
    pending?.stages.delete('AWSPENDING');
    if (!this.versions.some((version) => version.id === token)) {
      this.versions.push({ id: token, stages: new Set() });
    }
    this.move('AWSPENDING', token);
  }

  /** What a version holds, parsed. */
  public json(stage: Stage): Record<string, string> | undefined {
    const value = this.staged(stage)?.value;
    return value === undefined ? undefined : JSON.parse(value);
  }

  public put(id: string, value: string, stage: Stage): void {
    const existing = this.versions.find((version) => version.id === id);
    if (existing?.value !== undefined) {
      if (existing.value !== value) {
        throw awsError('ResourceExistsException');
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
    if (label !== stage) {
      this.move(stage, id);
    }
  }

  public move(stage: Stage, to: string): void {
    const from = this.staged(stage);
    if (stage === 'AWSCURRENT' && from && from.id !== to) {
      this.versions.forEach((version) => version.stages.delete('AWSPREVIOUS'));
      from.stages.add('AWSPREVIOUS');
    }
    from?.stages.delete(stage);
    const target = this.versions.find((version) => version.id === to);
    if (!target) {
      throw awsError('ResourceNotFoundException');
    }
    if (stage === 'AWSCURRENT') {
      target.stages.delete('AWSPREVIOUS');
    }
    target.stages.add(stage);
  }

  /** The secret as a handler sees it. */
  public port(outbound: Outbound): KeySecret {
    return {
      arn: this.arn,
      describe: () => outbound('secretsmanager:DescribeSecret', async () => {
        if (this.deleted) {
          return undefined;
        }
        const stages: Partial<Record<Stage, string>> = {};
        this.versions.forEach((version) => version.stages.forEach((stage) => { stages[stage] = version.id; }));
        const labelled = this.versions.filter((version) => version.stages.size > 0);
        const versions = Object.fromEntries(labelled.map((version) => [version.id, [...version.stages]]));
        return { stages, versions, rotationEnabled: this.rotationEnabled, note: this.tag };
      }),
      read: (wanted) => outbound('secretsmanager:GetSecretValue', async () => (
        'id' in wanted ? this.versions.find((version) => version.id === wanted.id) : this.staged(wanted.stage))?.value),
      put: (id, value, stage) => outbound('secretsmanager:PutSecretValue', async () => {
        try {
          this.put(id, value, stage);
          return 'stored' as const;
        } catch (error) {
          if ((error as Error).name === 'ResourceExistsException') {
            return 'taken' as const;
          }
          throw error;
        }
      }),
      move: (stage, to) => outbound('secretsmanager:UpdateSecretVersionStage', async () => this.move(stage, to)),
      unstage: (stage, version) => outbound('secretsmanager:UpdateSecretVersionStage', async () => {
        this.versions.find((one) => one.id === version)?.stages.delete(stage);
      }),
      note: (text) => outbound('secretsmanager:TagResource', async () => {
        if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(text)) {
          throw awsError('InvalidParameterException', 'not a tag value');
        }
        this.tag = text;
      }),
    };
  }
}
