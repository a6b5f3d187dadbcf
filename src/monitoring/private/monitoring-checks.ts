import { Duration, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { IBaseAccountRegistration } from '../../base-account/base-account-registration-attributes';
import { AccountType } from '../../service/account-type';
import { QualysPlatform } from '../../service/qualys-platform';

/** EventBridge's limit for the input of a rule. */
const MAXIMUM_INPUT = 8_192;

/** Returns the time between two checks. Throws unless it is whole minutes from an hour to a day. */
export function checkInterval(interval: Duration): Duration {
  if (interval.isUnresolved()) throw new Error('interval must be known at synth, got a token: use Duration.hours() or Duration.minutes() with a number');
  const minutes = interval.toMinutes({ integral: false });
  if (!Number.isInteger(minutes) || minutes < 60 || minutes > 1440) throw new Error(`interval must be from 1 hour to 1 day in whole minutes, got ${Number(minutes.toFixed(3))} minutes: use Duration.hours() with 1 to 24`);

  return interval;
}

/** The account type to check. Throws for a registration of another platform or account type. */
export function monitoredType(
  scope: IConstruct, platform: QualysPlatform, registration?: IBaseAccountRegistration, given?: AccountType,
): AccountType {
  if (registration === undefined) return given ?? AccountType._of(scope);
  if (registration.platform.apiServer !== platform.apiServer) throw new Error(`registration must be on the platform of service, ${shownUrl(platform)}, got ${registration.node.path} on ${shownUrl(registration.platform)}: give the service of that registration`);

  if (given !== undefined && given.name !== registration.accountType.name) throw new Error(`registration must be of accountType ${given.name}, got ${registration.node.path} of ${registration.accountType.name}: leave accountType out, or give the registration of that type`);

  return registration.accountType;
}

/** The account that the service has to call from. If it is not known at synth, it is the account of the monitoring's stack. */
export function accountOf(scope: IConstruct, registration: IBaseAccountRegistration): string {
  const { account } = Stack.of(registration);
  return Token.isUnresolved(account) ? Stack.of(scope).account : account;
}

/** Returns an error if the input of a rule is too long, otherwise nothing. */
export function inputDefects(scope: IConstruct, input: unknown, disabled: readonly string[] = []): string[] {
  const length = (typeof input === 'string' ? input : JSON.stringify(input)).length;
  if (length <= MAXIMUM_INPUT) return [];
  return [`${scope.node.path} checks a stack with ${disabled.length} connectors that the code has disabled. The input of its rule has ${length} characters, but EventBridge allows ${MAXIMUM_INPUT}: `
    + 'put some of the connectors in another stack, or remove those that stay disabled'];
}

function shownUrl({ apiServer }: QualysPlatform): string {
  return Token.isUnresolved(apiServer) ? 'a platform that is known at deployment' : apiServer;
}
