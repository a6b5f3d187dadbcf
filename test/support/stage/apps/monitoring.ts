import { Duration, Stack } from 'aws-cdk-lib';
import { BaseAccountApp, baseAccountApp } from './base-account';
import { ConnectorApp, connectorApp, lookupApp } from './connector';
import { serviceFor } from './service';
import { BaseAccountRegistration } from '../../../../src/base-account/base-account-registration';
import { ConnectorMonitoring } from '../../../../src/monitoring/connector-monitoring';
import { AccountType } from '../../../../src/service/account-type';

/** Connectors that are looked at, in plain data. */
export interface MonitoringApp {
  /** One of the usual role unless given. */
  readonly connectors?: readonly ConnectorApp[];
  /** The base account, in the same stack; none unless given. */
  readonly baseAccount?: BaseAccountApp;
  readonly accountType?: 'US_GOVCLOUD' | 'CHINA';
  readonly hours?: number;
  /** Nobody looks. */
  readonly unmonitored?: true;
}

/** The one place where tests of the handlers know the props of a monitoring. */
export function monitoringApp(stack: Stack, { connectors = [{}], baseAccount, accountType, hours, unmonitored }: MonitoringApp): void {
  if (baseAccount) baseAccountApp(stack, baseAccount);
  // Without a connector it is what the function serves.
  if (connectors.length === 0) lookupApp(stack, {});
  for (const connector of connectors) connectorApp(stack, connector);
  if (unmonitored) return;
  new ConnectorMonitoring(stack, 'Monitoring', {
    service: serviceFor(stack),
    registration: baseAccount && stack.node.findChild('Registration') as BaseAccountRegistration,
    accountType: accountType && AccountType[accountType],
    interval: hours === undefined ? undefined : Duration.hours(hours),
  });
}
