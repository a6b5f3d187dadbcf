import { KeyDelivery } from './key-delivery';
import { KeyRotation } from './key-rotation';
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
