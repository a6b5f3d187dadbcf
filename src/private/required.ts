/** What a property has to be, and a member that such a value has. It does not name a class, because two copies of the library can be in one app. */
type Kind = readonly [what: string, member: string];

export const TEXT: Kind = ['a string', 'trim'];
export const TEXTS: Kind = ['a list of strings', 'flatMap'];
export const A_PLATFORM: Kind = ['a QualysPlatform', '_host'];
export const AN_ACCOUNT_TYPE: Kind = ['an AccountType', '_name'];
export const CREDENTIALS: Kind = ['QualysCredentials', '_secret'];
export const A_SECRET: Kind = ['an ISecret', 'secretArn'];
export const A_SERVICE: Kind = ['a ConnectorService', '_grantStatements'];
export const A_USER: Kind = ['an IBaseAccountUser', 'accessKeySecret'];
export const A_REGISTRATION: Kind = ['an IBaseAccountRegistration', 'metricHeartbeat'];
export const A_MONITORING: Kind = ['a ConnectorMonitoring', 'metricMissingConnectors'];
export const ROLES: Kind = ['AssumableRoles', '_resources'];
export const A_POLICY: Kind = ['an IManagedPolicy', 'managedPolicyArn'];
export const A_ROLE: Kind = ['an IConnectorRole, as a ConnectorRole is', 'externalId'];
export const A_FLEET: Kind = ['a ConnectorFleet', 'metricOldestWaiting'];
export const A_TRUST: Kind = ['a TrustPrincipal', '_accounts'];
export const AN_EXTERNAL_ID: Kind = ['an ExternalId', '_render'];
export const PERMISSIONS: Kind = ['ConnectorPermissions', '_managedPolicies'];

/**
 * Throws with the name of the property if a required one is missing or is not of its kind. The compiler checks that in TypeScript, and jsii in other
 * languages. Nothing else checks it in plain JavaScript.
 */
export function checkRequired(props: object, kinds: Readonly<Record<string, Kind>>): void {
  for (const [name, [what, member]] of Object.entries(kinds)) {
    const value: unknown = (props as Readonly<Record<string, unknown>>)[name];
    if (value === undefined || value === null || !(member in Object(value))) {
      // The message does not show the value: it may be a secret in the wrong place.
      throw new Error(`${name} must be ${what}, got ${value === undefined || value === null ? value : `a value of type ${typeof value}`}`);
    }
  }
}
