import { Construct } from 'constructs';
import { BaseAccountRegistration } from './base-account-registration';
import { BaseAccountRegistrationOptions } from './base-account-registration-options';
import { BaseAccountUser } from './base-account-user';
import { BaseAccountUserProps } from './base-account-user-props';
import { A_SERVICE, checkRequired, TEXT } from '../private/required';

/** Properties of a {@link BaseAccount}: those of its user and of its registration. */
export interface BaseAccountProps extends BaseAccountUserProps, BaseAccountRegistrationOptions {}

/**
 * A base account: the user that the connector service signs with, and its registration there.
 *
 * Both get the same `removalPolicy`. By default they stay when the stack is deleted, so a deletion by mistake stops no connector. The key
 * is replaced every 90 days unless `rotation` says otherwise.
 *
 * @example
 * new BaseAccount(this, 'BaseAccount', {
 *   service,
 *   title: 'Central Security',
 *   userName: 'qualys-base-account',
 *   roles: AssumableRoles.named('QualysConnector', { organizationId: 'o-a1b2c3d4e5' }),
 * });
 */
export class BaseAccount extends Construct {
  /** The user with its key and its policy. */
  public readonly user: BaseAccountUser;

  /** The entry at the service. */
  public readonly registration: BaseAccountRegistration;

  /**
   * Makes the user and its registration. Throws for everything that `BaseAccountUser` and `BaseAccountRegistration` throw for.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`; logical IDs contain it, so a change of it replaces the resources
   * @param props what the user may do, and how its key is registered
   */
  public constructor(scope: Construct, id: string, props: BaseAccountProps) {
    super(scope, id);
    checkRequired(props, { service: A_SERVICE, title: TEXT });
    this.user = new BaseAccountUser(this, 'User', props);
    this.registration = new BaseAccountRegistration(this, 'Registration', { ...props, user: this.user });
  }
}
