import type { StackStatus } from '../../../support/cloudformation/stack';
import { BASE, EXTERNAL_ID, QUALYS, RoleTrustApp, Trust } from '../../../support/stage/apps/role-trust';
import { documentOf, RoleTrustStage, SOMEBODY, VENDOR } from '../../../support/stage/role-trust-stage';
import type { Stage } from '../../../support/stage/stage';
import { Command as AnyCommand, SceneOf } from '../command';
import { Phase, StackScene } from '../stack-scene';

export interface Model {
  phase: Phase;
  wanted: Trust;
  logicalId: string;
  /** Whom the service's statements let in before; and the document, as long as nobody else has changed it. */
  original: { readonly mark: string; readonly text?: string };
  /** Statements of others. */
  others: string[];
  /** A person has changed the service's statements. */
  tampered: boolean;
  /** A renaming was rolled back, but the new one could not be deleted: its trust stands until the next change. */
  adrift: boolean;
}

export const OTHERS = [SOMEBODY, '{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999988887777:root"},"Action":"sts:AssumeRole"}'];

/** As they are meant; that they stay byte for byte is tested beside. */
export const normal = (statements: readonly string[]) => statements.map((one) => JSON.stringify(JSON.parse(one)));

export function firstModel(others: readonly string[]): Model {
  return {
    phase: 'NONE',
    wanted: 'qualys',
    logicalId: 'Trust',
    original: { mark: 'qualys', text: documentOf(VENDOR, ...others) },
    others: normal(others),
    tampered: false,
    adrift: false,
  };
}

/** Whom each of the trusts lets in. */
export const MARKS: Readonly<Record<Trust, string>> = { qualys: 'qualys', both: 'base,qualys', base: 'base' };

export class Scene extends StackScene<RoleTrustApp> implements SceneOf<Model> {
  /** Whom the service's statements may let in. */
  public allowed: string[] = [];
  private readonly first: RoleTrustStage;

  public constructor(private readonly model: Model, seed: number) {
    const first = new RoleTrustStage({ seed, stackName: 'Stack1', document: model.original.text });
    super(first);
    this.first = first;
  }

  public get role() {
    return this.first.role;
  }

  /** As a person writes it. */
  public set document(document: string) {
    this.first.document = document;
  }

  public get statements(): string[] {
    return statementsOf(this.role.trust);
  }

  public get mark(): string {
    return markOf(this.role.trust);
  }

  /** All that the library keeps. */
  public get records(): string[] {
    return [...this.world.aws.parameters.values()];
  }

  /** @param elsewhere another resource of the stack fails once this one is done */
  public async bring(trust: Trust, id: string, adoptExisting: boolean, { stage = this.stage, elsewhere = false } = {}): Promise<StackStatus> {
    return this.deploy({ trust, id, adoptExisting, formerAccountIds: [QUALYS, BASE] }, elsewhere ? this.failing(1, [id]) : {}, stage);
  }

  public before({ original, wanted }: Model): void {
    this.allowed = [this.mark, original.mark, MARKS[wanted]];
  }

  public after({ phase, tampered, adrift, wanted }: Model): void {
    expect(this.violations).toEqual([]);
    if (phase === 'STANDING' && !tampered && !adrift) expect(this.mark).toBe(MARKS[wanted]);
  }

  protected another(stackName: string): Stage<RoleTrustApp> {
    return new RoleTrustStage({ beside: this.stage, stackName });
  }

  /** The service is let in, by a trust that somebody has asked for, and the others are left alone. */
  protected wrong(): string[] {
    const others = JSON.stringify(this.statements.filter((one) => !one.includes(EXTERNAL_ID)));
    return [
      ...this.allowed.includes(this.mark) ? [] : [`lets in ${this.mark}`],
      ...others === JSON.stringify(this.model.others) ? [] : [`others are ${others}`],
    ];
  }
}

export abstract class Command<Options = undefined> extends AnyCommand<Model, Scene, Options> {}

export function statementsOf(document: string): string[] {
  return (JSON.parse(document) as { Statement: object[] }).Statement.map((statement) => JSON.stringify(statement));
}

export function markOf(document: string): string {
  return statementsOf(document).filter((one) => one.includes(EXTERNAL_ID)).map((one) => (one.includes(QUALYS) ? 'qualys' : 'base')).sort().join();
}
