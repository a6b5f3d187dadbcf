import { LABELS } from '../../../wire/account-types';
import { BASE_ACCOUNT_RESOURCE_TYPE, DeliveryProperties } from '../../../wire/base-account';
import { Entry } from '../model';
import { rotationOf } from './keys';
import { resolve, textOf } from '../templates/intrinsics';
import { objectOf, Resource } from '../templates/scope';
import { Templates } from '../templates/templates';

const DELIVERIES: Readonly<Record<DeliveryProperties['Mode'], string>> = { AUTO: 'the API, or a person', API: 'the API', CONSOLE: 'a person' };

/** What the connector service is told of base accounts. */
export function entriesOf(templates: Templates): Entry[] {
  return templates.resources(BASE_ACCOUNT_RESOURCE_TYPE).map((resource) => entryOf(templates, resource));
}

function entryOf(templates: Templates, { scope, properties, removal }: Resource): Entry {
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
}
