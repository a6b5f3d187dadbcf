import { IConstruct } from 'constructs';
import { Notes } from '../../private/notes';
import { stageOf } from '../../private/stacks';
import type { AssumableRoles } from '../assumable-roles';
import type { IBaseAccountUser } from '../base-account-user-attributes';

/** A user that this app makes, and the roles that it may assume as far as the code knows them. */
export interface MadeUser {
  readonly user: IBaseAccountUser;
  readonly roles: AssumableRoles;
}

export function noteUser(user: IBaseAccountUser, roles: AssumableRoles): void {
  usersOf(user).add({ user, roles });
}

/** The users in the stage of `scope`. */
export function usersAround(scope: IConstruct): MadeUser[] {
  return usersOf(scope).values();
}

function usersOf(scope: IConstruct): Notes<MadeUser> {
  return new Notes(stageOf(scope), 'base-account-users');
}
