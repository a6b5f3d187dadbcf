import { Duration } from 'aws-cdk-lib';
import { IBaseAccountRegistration } from '../base-account/base-account-registration-attributes';
import { AccountType } from '../service/account-type';
import { ConnectorService } from '../service/connector-service';
import { FunctionLogOptions } from '../service/function-options';

/** Properties of a {@link ConnectorMonitoring}. */
export interface ConnectorMonitoringProps extends FunctionLogOptions {
  /** The connector service of your subscription, with the same network as the stack's connectors. */
  readonly service: ConnectorService;

  /**
   * The registration of the base account that the service calls the connectors from, on the platform of `service`. The check then also
   * tests whether the service still calls from its AWS account. That is the account of the registration's stack, or of this stack if
   * another app made the registration.
   *
   * @default - the check does not look at the base account
   */
  readonly registration?: IBaseAccountRegistration;

  /**
   * The account type of the connectors to check.
   *
   * @default - the one of the registration; without a registration the one of the stack's region, `GLOBAL` when the region is not known at
   * synth
   */
  readonly accountType?: AccountType;

  /**
   * The time between two checks, from 1 hour to 1 day in whole minutes. A check makes one call for the base account, and one for about
   * every 1,000 connectors (China: 50). A subscription usually has 300 calls an hour.
   *
   * @default Duration.hours(4), as connectors run by default
   */
  readonly interval?: Duration;
}
