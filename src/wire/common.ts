/*
 * What crosses the wire between the constructs and their handlers, typed as it is there: CloudFormation makes a string of every
 * scalar. Both sides compile against this folder. It holds types, constants and the few rules that both sides need, and nothing of
 * AWS CDK: it is the only part of `src/` that a handler may import.
 */

/** Raised when a property changes its meaning. Handlers keep understanding every version that was ever deployed. */
export const SCHEMA_VERSION = '1';

/**
 * Property of a custom resource that is there where another property comes from another stack by a weak reference: a fingerprint of what
 * makes it. A change of it makes CloudFormation send an Update, with the new value in the other property. Handlers do not read it.
 */
export const REFERENCES_PROPERTY = 'References';

/** IAM path of the roles of the library's own functions, so that an organization's policy can name who may make keys. */
export const FUNCTION_ROLE_PATH = '/cdk-qualys-connectors/';

/** A boolean, as CloudFormation hands it over. */
export type Flag = 'true' | 'false';

/** A boolean as CloudFormation hands it over. */
export function flag(value: boolean): Flag {
  return value ? 'true' : 'false';
}

/** Where the service is and how to sign in; the credentials themselves stay in their secret. */
export interface ServiceProperties {
  /** e.g. `https://qualysapi.qg2.apps.qualys.com` */
  readonly ApiServer: string;
  readonly Gateway?: string;
  readonly PlatformUrl?: string;
  readonly Authentication: 'BASIC' | 'OIDC_CLIENT';
  readonly CredentialsSecretArn: string;
}

/** What a person asks a function with, by the command of the output `ConfirmCommand`: look now, and say in words how it stands. */
export const CONFIRM_EVENT = { Task: 'CONFIRM' } as const;

/** Environment variable of each function with the ID of the stack that it serves: nobody else's events are its business. */
export const STACK_VARIABLE = 'STACK';

export const METRIC_NAMESPACE = 'CdkQualysConnectors';
