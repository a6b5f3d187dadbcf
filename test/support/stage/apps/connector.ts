import { Duration, Stack } from 'aws-cdk-lib';
import { Platform, serviceFor } from './service';
import { ActivationModule } from '../../../../src/connector/activation-module';
import { AssetTag } from '../../../../src/connector/asset-tag';
import { Connector } from '../../../../src/connector/connector';
import { ConnectorVerification } from '../../../../src/connector/connector-verification';
import { QualysAccountLookup } from '../../../../src/connector/qualys-account-lookup';
import { ConnectorRole } from '../../../../src/role/connector-role';
import { AccountType } from '../../../../src/service/account-type';
import { ConnectorModule } from '../../../../src/service/connector-module';
import { ExternalId } from '../../../../src/service/external-id';

/** The account has a leading zero. */
export const ROLE = 'arn:aws:iam::001122334455:role/QualysConnector';
export const EXTERNAL_ID = 'external-1234567890';

/** A connector in plain data. What is not said is the construct's own, but for names, and it is not run. */
export interface ConnectorApp {
  readonly id?: string;
  readonly name?: string;
  readonly description?: string;
  /** Its partition is that of the account type. */
  readonly roleArn?: string;
  readonly externalId?: string;
  readonly modules?: ReadonlyArray<'AI' | 'CI' | 'CSA'>;
  readonly activation?: ReadonlyArray<'VM' | 'PC' | 'SCA'>;
  readonly regions?: readonly string[];
  readonly pollingMinutes?: number;
  /** IDs and names. */
  readonly tags?: ReadonlyArray<number | string>;
  readonly remediation?: boolean;
  readonly perimeterScan?: boolean;
  readonly enabled?: boolean;
  readonly adoptExisting?: boolean;
  readonly verify?: 'fail' | 'warn';
  readonly platform?: Platform;
}

/** The one place where tests of the handlers know the props of a connector. */
export function connectorApp(stack: Stack, app: ConnectorApp): void {
  const { id = 'Production', name = 'Production', roleArn = ROLE, externalId = EXTERNAL_ID, pollingMinutes, verify = 'skip', platform } = app;
  const { modules = roleArn.startsWith('arn:aws-cn:') ? undefined : ['AI', 'CI'] } = app;
  const { description, enabled, adoptExisting, regions, activation, tags, remediation, perimeterScan } = app;
  new Connector(stack, id, {
    service: serviceFor(stack, platform),
    name,
    role: ConnectorRole.fromConnectorRoleAttributes(stack, `${id}Role`, { roleArn, externalId: ExternalId.of(externalId) }),
    modules: modules?.map((module) => ConnectorModule.of(module)),
    activationModules: activation?.map((module) => ActivationModule.of(module)),
    regions: regions && [...regions],
    pollingInterval: pollingMinutes === undefined ? undefined : Duration.minutes(pollingMinutes),
    verify: ConnectorVerification[verify](),
    description,
    defaultTags: tags?.map((tag) => (typeof tag === 'number' ? AssetTag.id(tag) : AssetTag.named(tag))),
    remediation,
    perimeterScan,
    enabled,
    adoptExisting,
  });
}

export interface LookupApp {
  readonly accountType?: 'US_GOVCLOUD' | 'CHINA';
}

export function lookupApp(stack: Stack, { accountType }: LookupApp): void {
  new QualysAccountLookup(stack, 'Lookup', { service: serviceFor(stack), accountType: accountType && AccountType[accountType] });
}
