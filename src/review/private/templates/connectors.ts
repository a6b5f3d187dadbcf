import { accountAtEnd } from './asked';
import { textOf } from './intrinsics';
import { Templates } from './templates';
import { CONNECTOR_RESOURCE_TYPE } from '../../../wire/connector';
import { ACCOUNT, isKnown, unique, Way } from '../model';

/** What connectors of the app present to the roles that they assume. */
export class Presented {
  private readonly byRole = new Map<string, { readonly connector: string; readonly externalId: string }[]>();

  public constructor(templates: Templates) {
    for (const { scope, resource: { properties } } of templates.resources(CONNECTOR_RESOURCE_TYPE)) {
      const [, partition = '', account = '', name] = /^arn:([^:]*):iam::([^:]*):role\/(?:.*\/)?([^/]+)$/s.exec(textOf(scope, properties.RoleArn)) ?? [];
      const role = keyOf(partition, account, name ?? '');
      const externalId = accountAtEnd(textOf(scope, properties.ExternalId), account);
      this.byRole.set(role, [...this.byRole.get(role) ?? [], { connector: textOf(scope, properties.Name), externalId }]);
    }
  }

  /** The connectors that no way into the role lets in, as each asks for another external ID. */
  public shutOut(partition: string, accounts: readonly string[], name: string, ways: readonly Way[]): string[] {
    if (this.byRole.size === 0) return [];
    const asked = ways.filter(({ kind }) => kind === 'base' || kind === 'qualys').map(({ only }) => /^external ID (?!by )(.*)$/s.exec(only[0] ?? '')?.[1]);
    if (asked.length === 0) return [];
    // The own account at the end is the same on both sides; nothing else may be open.
    const isOther = (externalId: string) => asked.every((one) => one !== undefined && !one.split(' or ').includes(externalId) && isKnown(`${one} ${externalId}`.replaceAll(ACCOUNT, '')));
    return unique(accounts.flatMap((account) => this.byRole.get(keyOf(partition, account, name)) ?? [])
      .filter(({ externalId }) => isOther(externalId)).map(({ connector }) => connector));
  }
}

const keyOf = (...parts: readonly string[]) => JSON.stringify(parts);
