import { inTag, lastAttempt } from '../minting/minting-note';
import { SecretState } from '../ports';

/**
 * A Delete writes a note before it looks for keys, and a Create looks for that note after it made a key. So one of the two sees the other,
 * and no key is left, also when CloudFormation gave up a Create that is still running. A note from before the Create began is of an earlier
 * life of the resource. It is plain words, because it is a tag.
 */
export function removalNote(id: string, userName: string, state: SecretState): string {
  return ['removed', id, inTag(userName), lastAttempt(state.note) ?? 'none'].join(' ');
}

/** Whether the user's keys were removed since the work began, also when the work is repeated after a crash. */
export function wasRemoved(userName: string, attempt: string, before: SecretState, now: SecretState): boolean {
  const [, id, user, cancelled] = (now.removal ?? '').split(' ');
  const isNew = id !== (before.removal ?? '').split(' ')[1];
  return user === inTag(userName) && (isNew || cancelled === attempt);
}
