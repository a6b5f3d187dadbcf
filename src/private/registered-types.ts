import { Token } from 'aws-cdk-lib';
import { IConstruct, IDependable } from 'constructs';
import { AccountType } from '../account-type';
import { QualysPlatform } from '../qualys-platform';
import { lazyDependency } from './lazy-dependency';
import { stageNotes } from './stage-notes';

/**
 * Takes the place that the service has for a base account of this type on this platform. Throws when a construct of the
 * same stage has it. Stages may belong to different subscriptions.
 */
export function takePlace(scope: IConstruct, platform: QualysPlatform, accountType: AccountType): void {
  const places = placesOf(scope);
  const place = placeOf(platform, accountType);
  const holder = places.get(place);
  if (holder) {
    const host = Token.isUnresolved(platform.apiServer) ? 'the same platform' : platform.apiServer;
    throw new Error(`${holder.node.path} and ${scope.node.path} both register a base account of type ${accountType.name} at ${host}, `
      + 'but the service has room for one per account type: keep one of them, or put them in different Stages if they are for different subscriptions');
  }
  places.set(place, scope);
}

/**
 * The registration that connectors of this type call from, if the stage has one: its entry at the service, without what
 * rotates the key. Looked up when the app is synthesized, so that it may be made later than what depends on it.
 */
export function registrationOf(scope: IConstruct, platform: QualysPlatform, accountType: AccountType): IDependable {
  return lazyDependency(() => {
    const registration = placesOf(scope).get(placeOf(platform, accountType));
    return registration ? [registration.node.defaultChild ?? registration] : [];
  });
}

function placesOf(scope: IConstruct): Map<string, IConstruct> {
  return stageNotes<IConstruct>(scope, 'base-accounts');
}

function placeOf({ apiServer }: QualysPlatform, { name }: AccountType): string {
  return `${apiServer} ${name}`;
}
