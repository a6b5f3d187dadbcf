import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Notes } from './notes';
import { stageOf } from './stacks';

/** The place of one base account at the service: a platform, by the URL of its API server, and the name of an account type. */
export interface Place {
  readonly apiServer: string;
  readonly accountType: string;
}

/**
 * Takes the place for a registration. Throws when another construct of the same stage has it. Stages may belong to different subscriptions.
 */
export function takePlace(scope: IConstruct, place: Place): void {
  const places = placesOf(scope);
  const holder = places.get(keyOf(place));
  if (holder) {
    const host = Token.isUnresolved(place.apiServer) ? 'the same platform' : place.apiServer;
    throw new Error(`${holder.node.path} and ${scope.node.path} both register a base account of type ${place.accountType} at ${host}, `
      + 'but the service has room for one per account type: keep one of them, or put them in different Stages if they are for different subscriptions');
  }
  places.set(keyOf(place), scope);
}

/**
 * Finds the registration that connectors of this account type are called from, if the stage has one. The result is the registration's custom resource,
 * without the rotation of the key. It is looked up when the app is synthesized, so the registration may be made after the constructs that need it.
 */
export function registrationAt(scope: IConstruct, place: Place): () => IConstruct[] {
  return () => {
    const registration = placesOf(scope).get(keyOf(place));
    return registration ? [registration.node.tryFindChild('Resource') ?? registration] : [];
  };
}

/** Notes that the key of the base account at this place may wait for a person to enter it at the console. */
export function noteAwaited(scope: IConstruct, place: Place): void {
  awaitedOf(scope).set(keyOf(place), place);
}

/** Whether the key of the base account at this place may wait for a person. Call it after the registration was made. */
export function isAwaited(scope: IConstruct, place: Place): boolean {
  return awaitedOf(scope).get(keyOf(place)) !== undefined;
}

function awaitedOf(scope: IConstruct): Notes<Place> {
  return new Notes(stageOf(scope), 'awaited-base-accounts');
}

function placesOf(scope: IConstruct): Notes<IConstruct> {
  return new Notes(stageOf(scope), 'base-accounts');
}

function keyOf({ apiServer, accountType }: Place): string {
  return `${apiServer} ${accountType}`;
}
