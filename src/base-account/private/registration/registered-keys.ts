import { IConstruct } from 'constructs';
import { Notes } from '../../../private/notes';

interface Registered {
  readonly path: string;
  readonly rotates: boolean;
}

/**
 * Notes that `scope` registers the user's key. Throws when several registrations do and one of them rotates the key. Only that one's entry
 * would get the new key. The others would go on with the old key, which nobody could ever retire.
 */
export function noteRegistration(scope: IConstruct, user: IConstruct, rotates: boolean): void {
  const registrations = new Notes<Registered>(user, 'registrations');
  const others = registrations.values();
  const rotating = rotates ? scope.node.path : others.find((other) => other.rotates)?.path;
  if (others.length > 0 && rotating !== undefined) {
    throw new Error(`${others[0].path} and ${scope.node.path} both register the key of ${user.node.path}, and ${rotating} rotates it: the other one would be `
      + 'left with the old key. Give each a user of its own, or both KeyRotation.disabled()');
  }
  registrations.set(scope.node.path, { path: scope.node.path, rotates });
}
