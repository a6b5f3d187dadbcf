import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Notes } from './notes';
import { stageOf } from './stacks';

/** The place that the service has for one base account: a platform, by the URL of its API server, and the name of an account type. */
export interface Place {
  readonly apiServer: string;
  readonly accountType: string;
}

/**
 * Takes the place. Throws when a construct of the same stage has it. Stages may belong to different subscriptions.
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
 * The registration that connectors of this type call from, if the stage has one: its entry at the service, without what
 * rotates the key. It is looked up when the app is synthesized, so that it may be made later than what depends on it.
 */
export function registrationAt(scope: IConstruct, place: Place): () => IConstruct[] {
  return () => {
    const registration = placesOf(scope).get(keyOf(place));
    return registration ? [registration.node.tryFindChild('Resource') ?? registration] : [];
  };
}

/** The key of the base account at this place may wait for a person, until somebody enters it at the console. */
export function noteAwaited(scope: IConstruct, place: Place): void {
  awaitedOf(scope).set(keyOf(place), place);
}

/** Whether it may. Looked up when the app is synthesized, as {@link registrationAt}. */
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
