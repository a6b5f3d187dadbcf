import { AccountType } from '../account-type';
import { ActivationModule } from '../activation-module';
import type { ConnectorProps } from '../connector';
import { ConnectorModule } from '../connector-module';
import type { ConnectorRole } from '../connector-role';
import { checkChina, regionCodes } from './connector-checks';
import { ConnectorAppName, ConnectorProperties } from './connector-contract';
import { inOrder } from './one-of';

/** What the connector reads, and for which apps. */
export function connectorScope(props: ConnectorProps, accountType: AccountType): Pick<ConnectorProperties, 'Modules' | 'Activation' | 'Regions'> {
  if (accountType === AccountType.CHINA) {
    checkChina(props.service.platform, props);
    return { Modules: [] };
  }
  const { modules, activation, regions } = props;
  if (modules?.length === 0) {
    throw new Error('modules must name a module, got none: a connector feeds one app at least');
  }
  return {
    Modules: modules ? inOrder(modules, ConnectorModule._all()).map(({ _name }) => _name) : defaultModules(props.role),
    Activation: activation && inOrder(activation, ActivationModule._all()).map(({ _name }) => _name),
    Regions: regions && regionCodes(regions, accountType),
  };
}

function defaultModules(role: ConnectorRole | undefined): ConnectorAppName[] {
  return [...role?._props.permissions._modules ?? ['AI' as const]];
}
