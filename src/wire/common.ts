/*
 * What crosses the wire between the constructs and their handlers, with the types of the wire: CloudFormation makes a string of every
 * scalar. Both sides compile against this folder. It has types, constants and the few rules that both sides need, and nothing of AWS CDK.
 * It is the only part of `src/` that a handler may import.
 */

/** Raised when a property changes its meaning. Handlers keep understanding every version that was ever deployed. */
export const SCHEMA_VERSION = '1';

/**
 * Property of a custom resource with a fingerprint, for when another property is a weak reference to another stack. A change of the
 * fingerprint makes CloudFormation send an Update with the new value of the other property. Handlers do not read it.
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

/** The event of the command in the output `ConfirmCommand`: the function checks now, and returns the state in words. */
export const CONFIRM_EVENT = { Task: 'CONFIRM' } as const;

/** Environment variable of each function with the ID of the stack that it serves. It refuses the events of other stacks. */
export const STACK_VARIABLE = 'STACK';

export const METRIC_NAMESPACE = 'CdkQualysConnectors';
