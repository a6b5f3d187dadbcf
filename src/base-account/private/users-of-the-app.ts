import { IConstruct } from 'constructs';
import { Notes } from '../../private/notes';
import { stageOf } from '../../private/stacks';
import type { AssumableRoles } from '../assumable-roles';
import type { IBaseAccountUser } from '../base-account-user-attributes';

/** A user that this app makes, and what it may assume as far as it is known here. */
export interface MadeUser {
  readonly user: IBaseAccountUser;
  readonly roles: AssumableRoles;
}

export function noteUser(user: IBaseAccountUser, roles: AssumableRoles): void {
  usersOf(user).add({ user, roles });
}

/** The users of the stage that `scope` stands in. */
export function usersAround(scope: IConstruct): MadeUser[] {
  return usersOf(scope).values();
}

function usersOf(scope: IConstruct): Notes<MadeUser> {
  return new Notes(stageOf(scope), 'base-account-users');
}
