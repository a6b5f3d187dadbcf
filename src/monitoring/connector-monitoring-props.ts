import { Duration } from 'aws-cdk-lib';
import { IBaseAccountRegistration } from '../base-account/base-account-registration-attributes';
import { AccountType } from '../service/account-type';
import { ConnectorService } from '../service/connector-service';
import { FunctionLogOptions } from '../service/function-options';

/** Properties of a {@link ConnectorMonitoring}. */
export interface ConnectorMonitoringProps extends FunctionLogOptions {
  /** The connector service of your subscription. It needs the network that the stack's connectors have. */
  readonly service: ConnectorService;

  /**
   * The registration of the base account that the connectors are called from, on the platform of `service`. The check then also looks whether the service
   * still calls from its AWS account: that of the registration's stack, or of this one where another app made it.
   *
   * @default - the base account is not looked at
   */
  readonly registration?: IBaseAccountRegistration;

  /**
   * The account type whose connectors are looked at.
   *
   * @default - that of the registration; without one, that of the stack's region, `GLOBAL` when the region is not known at synth
   */
  readonly accountType?: AccountType;

  /**
   * The time between two checks, from 1 hour to 1 day in whole minutes. A check takes one call of the service for the base account and one for about every
   * 1,000 connectors (China: every 50); a subscription has 300 calls an hour as a rule.
   *
   * @default Duration.hours(4), as connectors run by default
   */
  readonly interval?: Duration;
}
