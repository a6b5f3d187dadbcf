import { CONNECTOR_RESOURCE_TYPE } from '../../../wire/connector';
import { groupedBy, unique } from '../lists';
import { ACCOUNT, isKnown, Way } from '../model';
import { accountAtEnd } from './asked';
import { textOf } from '../templates/intrinsics';
import { Templates } from '../templates/templates';

/** What connectors of the app present to the roles that they assume. */
export class Presented {
  private readonly byRole: Map<string, { readonly connector: string; readonly role: string; readonly externalId: string }[]>;

  public constructor(templates: Templates) {
    const presented = templates.resources(CONNECTOR_RESOURCE_TYPE).map(({ scope, properties }) => {
      const [, partition = '', account = '', name = ''] = /^arn:([^:]*):iam::([^:]*):role\/(?:.*\/)?([^/]+)$/s.exec(textOf(scope, properties.RoleArn)) ?? [];
      const externalId = accountAtEnd(textOf(scope, properties.ExternalId), account);
      return { connector: textOf(scope, properties.Name), role: roleOf(partition, account, name), externalId };
    });
    this.byRole = groupedBy(presented, ({ role }) => role);
  }

  /** The connectors that no way into the role lets in, as each asks for another external ID. */
  public shutOut(partition: string, accounts: readonly string[], name: string, ways: readonly Way[]): string[] {
    const presented = accounts.flatMap((account) => this.byRole.get(roleOf(partition, account, name)) ?? []);
    if (presented.length === 0) return [];
    const asked = ways.filter(({ kind }) => kind === 'base' || kind === 'qualys').map(({ only }) => /^external ID (?!by )(.*)$/s.exec(only[0] ?? '')?.[1]);
    // The own account at the end is the same on both sides; nothing else may be open.
    const isOther = (id: string) => asked.every((one) => one !== undefined && !one.split(' or ').includes(id) && isKnown(`${one} ${id}`.replaceAll(ACCOUNT, '')));
    return asked.length === 0 ? [] : unique(presented.filter(({ externalId }) => isOther(externalId)).map(({ connector }) => connector));
  }
}

const roleOf = (...parts: readonly string[]) => JSON.stringify(parts);
