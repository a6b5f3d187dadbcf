import { inTag, lastAttempt } from '../minting/minting-note';
import { SecretState } from '../ports';

/**
 * A Delete notes that it has come before it looks for keys, and whoever makes a key looks for such a note after it is made:
 * so one of the two sees the other, and no key is left, also where CloudFormation gave a Create up that is still at work.
 * A note that was there when the work began is of an earlier life of the resource. Plain words, as it is a tag.
 */
export function removalNote(id: string, userName: string, state: SecretState): string {
  return ['removed', id, inTag(userName), lastAttempt(state.note) ?? 'none'].join(' ');
}

/** Whether the user's keys were removed since the work began; also when it is done over after a crash. */
export function wasRemoved(userName: string, attempt: string, before: SecretState, now: SecretState): boolean {
  const [, id, user, cancelled] = (now.removal ?? '').split(' ');
  const isNew = id !== (before.removal ?? '').split(' ')[1];
  return user === inTag(userName) && (isNew || cancelled === attempt);
}
