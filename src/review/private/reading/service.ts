import { accountAtEnd } from './asked';
import { rotationOf } from './keys';
import { LABELS } from '../../../wire/account-types';
import { BASE_ACCOUNT_RESOURCE_TYPE, DeliveryProperties } from '../../../wire/base-account';
import { CONNECTOR_RESOURCE_TYPE } from '../../../wire/connector';
import { groupedBy, unique } from '../lists';
import { ACCOUNT, Entry, isKnown, Way } from '../model';
import { resolve, textOf } from '../templates/intrinsics';
import { objectOf } from '../templates/scope';
import { Templates } from '../templates/templates';

const DELIVERIES: Readonly<Record<DeliveryProperties['Mode'], string>> = { AUTO: 'the API, or a person', API: 'the API', CONSOLE: 'a person' };

/** What the connector service is told of base accounts. */
export function entriesOf(templates: Templates): Entry[] {
  return templates.resources(BASE_ACCOUNT_RESOURCE_TYPE).map(({ scope, properties, removal }) => {
    const text = (name: string) => textOf(scope, properties[name]);
    const { ApiServer = '' } = objectOf(resolve(scope, properties.Service));
    const { Mode } = objectOf(resolve(scope, properties.Delivery));
    return {
      title: text('Title'),
      account: text('AwsAccountId'),
      user: text('UserName'),
      accountType: LABELS[text('AccountType') as keyof typeof LABELS] ?? text('AccountType'),
      platform: String(ApiServer).replace(/^https:\/\//, ''),
      delivery: DELIVERIES[Mode as DeliveryProperties['Mode']] ?? String(Mode),
      rotates: rotationOf(templates, scope, properties.AccessKeySecretArn),
      removal,
      isProtected: text('DeletionProtection') !== 'false',
    };
  });
}

/** What connectors of the app present to the roles that they assume. */
export class Presented {
  private readonly byRole: Map<string, { readonly role: string; readonly connector: string; readonly externalId: string }[]>;

  public constructor(templates: Templates) {
    this.byRole = groupedBy(templates.resources(CONNECTOR_RESOURCE_TYPE).map(({ scope, properties }) => {
      const [, partition, account = '', name] = /^arn:([^:]*):iam::([^:]*):role\/(?:.*\/)?([^/]+)$/s.exec(textOf(scope, properties.RoleArn)) ?? [];
      const externalId = accountAtEnd(textOf(scope, properties.ExternalId), account);
      return { role: JSON.stringify([partition, account, name]), connector: textOf(scope, properties.Name), externalId };
    }), ({ role }) => role);
  }

  /** The connectors that no way into the role lets in, as each asks for another external ID. */
  public shutOut(partition: string, accounts: readonly string[], name: string, ways: readonly Way[]): string[] {
    if (this.byRole.size === 0) return [];
    const presented = accounts.flatMap((account) => this.byRole.get(JSON.stringify([partition, account, name])) ?? []);
    if (presented.length === 0) return [];
    const asked = ways.filter(({ kind }) => kind === 'base' || kind === 'qualys').map(({ only }) => /^external ID (?!by )(.*)$/s.exec(only[0] ?? '')?.[1]);
    // The own account at the end is the same on both sides; nothing else may be open.
    const isOther = (id: string) => asked.every((one) => one !== undefined && !one.split(' or ').includes(id) && isKnown(`${one} ${id}`.replaceAll(ACCOUNT, '')));
    return asked.length === 0 ? [] : unique(presented.filter(({ externalId }) => isOther(externalId)).map(({ connector }) => connector));
  }
}
