import { KeyDelivery } from './key-delivery';
import { KeyRotation } from './key-rotation';
import { ConnectedAccounts } from '../role/connected-accounts';
import { AccountType } from '../service/account-type';
import { ConnectorService } from '../service/connector-service';
import { FunctionLogOptions } from '../service/function-options';

/**
 * What is to be registered, and how. The function calls from the network of `service`; with rotation it has to reach IAM too.
 */
export interface BaseAccountRegistrationOptions extends FunctionLogOptions {
  /** The connector service of your subscription. */
  readonly service: ConnectorService;

  /**
   * Title of the base account at the service ("name" in its newer consoles). Edited in place.
   *
   * 1 to 255 characters without line breaks and control characters, and no secret. The vendor documents 255 for the
   * names of connectors; that it holds for titles is inferred.
   */
  readonly title: string;

  /**
   * Account type. It cannot be edited at the service: a change makes a new registration.
   *
   * @default - that of the stack's region; `GLOBAL` when the region is not known at synth
   */
  readonly accountType?: AccountType;

  /**
   * How the key reaches the service.
   *
   * @default KeyDelivery.auto()
   */
  readonly delivery?: KeyDelivery;

  /**
   * How often the key is replaced. With rotation the function may make, retire and delete keys of this one user, runs once a
   * day and writes the metrics.
   *
   * Required where another app made the user: rotation there is a decision about a user that this app does not own.
   *
   * @default KeyRotation.every(Duration.days(90))
   */
  readonly rotation?: KeyRotation;

  /**
   * Roles that the user has to get into before the service hears of its key, by its API or through a person: the moment it does, it calls all
   * connectors of the account type from the base account.
   *
   * The function assumes the role of each account with the key, 20 at a time, and uses the sessions for nothing. What is refused is tried again
   * for a minute, as IAM takes its time. Of each source five roles are also called with a wrong external ID, which they have to refuse. A role
   * that does not let the user in, or lets it in with a wrong external ID, fails the deployment with their number, five of the accounts, and
   * what to do: nothing was sent, and the service goes on as before. So does a stack instance that waits or has failed, and a source without an
   * account. Leave accounts that are broken out with `excludeAccounts` of their source: in an organization of thousands there always are some.
   *
   * It is proven at a deployment that makes the entry, or changes the user or these sources. A rotation proves nothing, as the user stays.
   * The accounts of stack sets and units are listed then, with rights that this gives to the function. It proves the policies of role, user
   * and organization, and not the network of the vendor. Refused calls are part of it: tell whoever watches CloudTrail for them
   * (session name `cdk-qualys-connectors-verify`). The function may take 15 minutes then: ten thousand roles.
   *
   * The registration waits for these roles where they stand in the same `Stage`. Throws for an empty list.
   *
   * @default - the key is sent without a trial
   */
  readonly verifyAccessTo?: ConnectedAccounts[];

  /**
   * The option Use in AssetView of older consoles: connectors of this base account are available there too.
   *
   * Turning it off later does not remove the AssetView connector (vendor page "Base Account"): remove it in AssetView.
   *
   * @default - not sent
   */
  readonly useInAssetView?: boolean;

  /**
   * Whether an entry that the service has already may be taken over. Only one of the same AWS account is: another one lets
   * the deployment fail with its account, as its connectors would stop.
   *
   * One that another stack manages is taken over when this registration is made, or by the update that turns this on; any other
   * update may be a rollback, and leaves it to that stack.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;

  /**
   * Whether a deletion fails while the service has connectors of this account type. It names up to five of them, and entry,
   * key and user stay. Without the entry they would call from the Qualys account at once, which their roles need not trust.
   *
   * To delete on purpose, let the roles trust the Qualys account too (`TrustPrincipal.anyOf`), deploy `false` here, then delete.
   * If the connectors cannot be read (no right, no license), the deletion fails, too. An entry that is gone is not guarded,
   * nor is what a deployment leaves that failed to register.
   *
   * A change of account type or platform deletes the old entry at the end of the deployment. If that is refused,
   * CloudFormation reports it and leaves the old entry behind: it goes on working with the key that it has, but no rotation
   * reaches it any more, so move its connectors and remove it at the Qualys console.
   *
   * It changes nothing where `removalPolicy` keeps the entry: nothing is deleted then.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}
