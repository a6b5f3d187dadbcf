import { resolve, textOf } from './intrinsics';
import { removalOf, rotationOf } from './keys';
import { isObject, Resource, Scope } from './scope';
import { Templates } from './templates';
import { LABELS } from '../../../wire/account-types';
import { BASE_ACCOUNT_RESOURCE_TYPE, DeliveryProperties } from '../../../wire/base-account';
import { Entry } from '../model';

/** What the connector service is told of base accounts. */
export function entriesOf(templates: Templates): Entry[] {
  return templates.resources(BASE_ACCOUNT_RESOURCE_TYPE).map(({ scope, resource }) => entryOf(templates, scope, resource));
}

const DELIVERIES: Readonly<Record<DeliveryProperties['Mode'], string>> = { AUTO: 'the API, or a person', API: 'the API', CONSOLE: 'a person' };

function entryOf(templates: Templates, scope: Scope, resource: Resource): Entry {
  const { properties } = resource;
  const text = (name: string) => textOf(scope, properties[name]);
  const [service, delivery] = [properties.Service, properties.Delivery].map((one) => resolve(scope, one)).map((one) => (isObject(one) ? one : {}));
  const accountType = text('AccountType');
  return {
    title: text('Title'),
    account: text('AwsAccountId'),
    user: text('UserName'),
    accountType: LABELS[accountType as keyof typeof LABELS] ?? accountType,
    platform: String(service!.ApiServer ?? '').replace(/^https:\/\//, ''),
    delivery: DELIVERIES[String(delivery!.Mode) as DeliveryProperties['Mode']] ?? String(delivery!.Mode),
    rotates: rotationOf(templates, scope, properties.AccessKeySecretArn),
    removal: removalOf(resource),
    isProtected: text('DeletionProtection') !== 'false',
  };
}
