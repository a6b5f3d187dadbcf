import { KeyDelivery } from './key-delivery';
import { KeyRotation } from './key-rotation';
import { ConnectedAccounts } from '../role/connected-accounts';
import { AccountType } from '../service/account-type';
import { ConnectorService } from '../service/connector-service';
import { FunctionLogOptions } from '../service/function-options';

/** What is registered, and how. The function runs in the network of `service`. With rotation it has to reach IAM too. */
export interface BaseAccountRegistrationOptions extends FunctionLogOptions {
  /** The connector service of your subscription. */
  readonly service: ConnectorService;

  /**
   * Title of the base account at the service ("name" in its newer consoles). A change edits it in place.
   *
   * 1 to 255 characters without line breaks and control characters, and no secret. The vendor documents 255 for the names of connectors.
   * That titles have the same limit is inferred.
   */
  readonly title: string;

  /**
   * Account type. The service cannot edit it: a change makes a new registration.
   *
   * @default - the one of the stack's region; `GLOBAL` when the region is not known at synth
   */
  readonly accountType?: AccountType;

  /**
   * How the key reaches the service.
   *
   * @default KeyDelivery.auto()
   */
  readonly delivery?: KeyDelivery;

  /**
   * How often the key is replaced. With rotation the function may make, retire and delete keys of this one user. It then runs once a day
   * and writes the metrics.
   *
   * Required when another app made the user, because this app does not own that user.
   *
   * @default KeyRotation.every(Duration.days(90))
   */
  readonly rotation?: KeyRotation;

  /**
   * Roles that the user has to be able to assume before the service gets its key, through the API or through a person. From that moment on
   * the service calls all connectors of the account type from the base account.
   *
   * The function assumes the role of each account with the key, 20 at a time, and does nothing with the sessions. It tries a refused role
   * again for a minute, because changes in IAM take time. It also calls five roles of each source with a wrong external ID, which they have
   * to refuse.
   *
   * The deployment fails, sends nothing, and leaves the service as it is when
   *
   * - a role does not let the user in, or lets it in with a wrong external ID: the error has their number, five of the accounts, and what
   *   to do;
   * - a stack instance waits or has failed;
   * - a source has no account.
   *
   * Leave broken accounts out with `excludeAccounts` of their source: an organization of thousands of accounts always has some.
   *
   * The check runs in a deployment that makes the entry, or changes the user or these sources. It does not run in a rotation, because the
   * user stays. It lists the accounts of stack sets and units, and gives the function the rights for that. It proves the policies of role,
   * user and organization, but not the vendor's network. Refused calls are part of it: tell the people who watch CloudTrail for them
   * (session name `cdk-qualys-connectors-verify`). The function then has 15 minutes, enough for ten thousand roles.
   *
   * In the same `Stage` the roles are deployed before the registration. Throws for an empty list.
   *
   * @default - the service gets the key without this check
   */
  readonly verifyAccessTo?: ConnectedAccounts[];

  /**
   * The option "Use in AssetView" of older consoles. With it, connectors of this base account are available in AssetView too.
   *
   * The AssetView connector stays when you turn the option off (vendor page "Base Account"): remove it in AssetView.
   *
   * @default - not sent
   */
  readonly useInAssetView?: boolean;

  /**
   * Whether to take over an entry that the service already has. The entry has to be of the same AWS account. With another account the
   * deployment fails and names it, because its connectors would stop.
   *
   * An entry that another stack manages is taken over when this registration is made, or by the update that turns this on. Any other update
   * leaves it to that stack, because it may be a rollback.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;

  /**
   * Whether a deletion fails while the service has connectors of this account type. The error names up to five of them, and entry, key and
   * user stay. Without the entry the service would call these connectors from the Qualys account at once, and their roles may not trust it.
   *
   * To delete on purpose, let the roles trust the Qualys account too (`TrustPrincipal.anyOf`), deploy `false` here, then delete. The
   * deletion also fails if the function cannot read the connectors (no right, no license). The protection does not apply to an entry that
   * is gone, nor to what a failed first deployment leaves.
   *
   * A change of account type or platform deletes the old entry at the end of the deployment. If that is refused, CloudFormation reports it
   * and leaves the old entry behind. The entry goes on working with its key, but is not rotated any more: move its connectors, then remove
   * it at the Qualys console.
   *
   * It has no effect when `removalPolicy` keeps the entry.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
}
