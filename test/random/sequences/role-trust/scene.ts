import { ROLE_TRUST_RESOURCE_TYPE } from '../../../../src/wire/role-trust';
import { BASE, documentOf, EXTERNAL_ID, QUALYS, RECORD, ROLE_ARN, ROLE_NAME, SOMEBODY, TRUSTS, VENDOR } from '../../../handlers/role-trust/world';
import { StackStatus } from '../../../support/cloudformation/stack';
import { failsAfter } from '../../../support/cloudformation/template';
import { Phase, StackScene } from '../stack-scene';

export type Name = keyof typeof TRUSTS;

export interface Model {
  phase: Phase;
  wanted: Name;
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
export const MARKS: Readonly<Record<Name, string>> = { qualys: 'qualys', both: 'base,qualys', base: 'base' };

export class Scene extends StackScene {
  /** Whom the service's statements may let in. */
  public allowed: string[] = [];

  public constructor(private readonly model: Model, seed: number) {
    super(seed);
    this.world.aws.account.roles.create(ROLE_NAME, model.original.text!);
  }

  public get role() {
    return this.world.aws.account.roles.get(ROLE_NAME);
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
  public async bring(wanted: Name, logicalId: string, adopt: boolean, { stack = this.stack, elsewhere = false } = {}): Promise<StackStatus> {
    const properties = {
      SchemaVersion: '1',
      RoleArn: ROLE_ARN,
      ExternalId: EXTERNAL_ID,
      Statements: TRUSTS[wanted],
      FormerAccountIds: [QUALYS, BASE],
      AdoptExisting: String(adopt),
      RecordName: RECORD,
    };
    return this.deploy({
      [logicalId]: { type: ROLE_TRUST_RESOURCE_TYPE, deliver: (event) => this.world.function('role-trust').deliver(event), properties },
      ...elsewhere ? { Fails: { ...failsAfter(this.world.time, 1), dependsOn: [logicalId] } } : {},
    }, stack);
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

export function statementsOf(document: string): string[] {
  return (JSON.parse(document) as { Statement: object[] }).Statement.map((statement) => JSON.stringify(statement));
}

export function markOf(document: string): string {
  return statementsOf(document).filter((one) => one.includes(EXTERNAL_ID)).map((one) => (one.includes(QUALYS) ? 'qualys' : 'base')).sort().join();
}
