import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Platform, serviceFor } from './service';
import type { ApiKeyDeliveryOptions } from '../../../../src/base-account/api-key-delivery-options';
import { AssumableRoles } from '../../../../src/base-account/assumable-roles';
import { BaseAccountRegistration } from '../../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../../src/base-account/base-account-user';
import type { IBaseAccountUser } from '../../../../src/base-account/base-account-user-attributes';
import { KeyDelivery } from '../../../../src/base-account/key-delivery';
import { KeyRotation } from '../../../../src/base-account/key-rotation';
import { ConnectedAccounts } from '../../../../src/role/connected-accounts';
import { AccountType } from '../../../../src/service/account-type';
import { ExternalId } from '../../../../src/service/external-id';

export const USER = 'qualys-base-account';
export const TITLE = 'Central Security';
/** Of the roles that the key is tried on: the account ID comes after it. */
export const EXTERNAL_ID_PREFIX = '40952281773650912864';

/** A base account in plain data. What is not said is the constructs' own, but for names, and nothing is retained. */
export interface BaseAccountApp {
  readonly title?: string;
  readonly userName?: string;
  readonly secretName?: string;
  readonly accountType?: 'US_GOVCLOUD' | 'CHINA';
  readonly platform?: Platform;
  /** Through the API where the service has one, unless given. */
  readonly delivery?: 'api' | 'console';
  /** How the API is called. */
  readonly api?: ApiKeyDeliveryOptions;
  /** People hear of a key that waits for them. */
  readonly notify?: true;
  /** A rotation unless given. */
  readonly rotation?: 'disabled';
  /** Of the rotation. */
  readonly forceRetireAfterDays?: number;
  readonly useInAssetView?: boolean;
  readonly adoptExisting?: boolean;
  readonly deletionProtection?: boolean;
  /** The library's own default: everything stays. */
  readonly retain?: true;
  /** User and key stay, and the registration goes. */
  readonly retainUser?: true;
  /** Another ID for the construct, as after a renaming. */
  readonly registrationId?: string;
  /** Accounts whose roles, each with an external ID of its own, the key is tried on. A list for each source. */
  readonly verifyAccessTo?: readonly string[][];
  /** The name of a stack set, and accounts that are left out of it. */
  readonly verifyStackSet?: readonly [name: string, ...excluded: string[]];
  /** Units, in the same way. */
  readonly verifyUnits?: readonly [unit: string, ...excluded: string[]];
  /** The user with its key is in another app. */
  readonly user?: { readonly userName: string; readonly secretArn: string; readonly accessKeyId: string };
}

/** The one place where tests of the handlers know the props of a base account. */
export function baseAccountApp(stack: Stack, app: BaseAccountApp): void {
  const { title = TITLE, registrationId = 'Registration', useInAssetView, adoptExisting, deletionProtection, accountType, platform, rotation, retain, forceRetireAfterDays: forced } = app;
  const removalPolicy = (stays: true | undefined) => stays ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
  new BaseAccountRegistration(stack, registrationId, {
    service: serviceFor(stack, platform),
    user: userOf(stack, app, removalPolicy(retain ?? app.retainUser)),
    title,
    accountType: accountType && AccountType[accountType],
    delivery: deliveryOf(stack, app),
    rotation: rotation
      ? KeyRotation.disabled()
      : KeyRotation.every(Duration.days(90), { forceRetireAfter: forced === undefined ? undefined : Duration.days(forced) }),
    useInAssetView,
    adoptExisting,
    deletionProtection,
    verifyAccessTo: verifiedBy(app),
    removalPolicy: removalPolicy(retain),
  });
}

function verifiedBy({ verifyAccessTo = [], verifyStackSet, verifyUnits }: BaseAccountApp): ConnectedAccounts[] | undefined {
  const role = { roleName: 'QualysConnector', externalId: ExternalId.perAccount(EXTERNAL_ID_PREFIX) };
  const sources = verifyAccessTo.map((accountIds) => ConnectedAccounts.fromAccountIds(accountIds, role));
  const [set, ...outOfSet] = verifyStackSet ?? [];
  if (set !== undefined) sources.push(ConnectedAccounts.fromStackSet(set, role, { excludeAccounts: outOfSet }));
  const [unit, ...outOfUnit] = verifyUnits ?? [];
  if (unit !== undefined) sources.push(ConnectedAccounts.fromOrganizationalUnits([unit], role, { excludeAccounts: outOfUnit }));
  return sources.length === 0 ? undefined : sources;
}

function userOf(stack: Stack, { user, userName = USER, secretName }: BaseAccountApp, removalPolicy: RemovalPolicy): IBaseAccountUser {
  if (!user) return new BaseAccountUser(stack, 'User', { userName, secretName, roles: AssumableRoles.named('QualysConnector'), removalPolicy });
  const accessKeySecret = Secret.fromSecretCompleteArn(stack, 'ImportedSecret', user.secretArn);
  return BaseAccountUser.fromBaseAccountUserAttributes(stack, 'ImportedUser', { ...user, accessKeySecret });
}

function deliveryOf(stack: Stack, { delivery, api, notify }: BaseAccountApp): KeyDelivery {
  const topic = notify && new Topic(stack, 'People');
  if (delivery === 'api') return KeyDelivery.api(api);
  return delivery === 'console' ? KeyDelivery.console({ notify: topic }) : KeyDelivery.auto({ ...api, notify: topic });
}
