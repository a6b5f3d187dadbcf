import { checkChina, regionCodes } from './connector-checks';
import { inOrder } from '../../private/checks';
import type { ConnectorRole } from '../../role/connector-role';
import { AccountType } from '../../service/account-type';
import { ConnectorModule } from '../../service/connector-module';
import { ConnectorAppName, ConnectorProperties } from '../../wire/connector';
import { ActivationModule } from '../activation-module';
import type { ConnectorProps } from '../connector-props';

/** What the connector reads, and for which apps. */
export function connectorScope(props: ConnectorProps, accountType: AccountType): Pick<ConnectorProperties, 'Modules' | 'Activation' | 'Regions'> {
  if (accountType === AccountType.CHINA) {
    checkChina(props.service.platform, props);
    return { Modules: [] };
  }
  const { modules, activation, regions } = props;
  if (modules?.length === 0) throw new Error('modules must name a module, got none: a connector feeds one app at least');
  return {
    Modules: modules ? inOrder(modules, ConnectorModule._all()).map(({ _name }) => _name) : defaultModules(props.role),
    Activation: activation && inOrder(activation, ActivationModule._all()).map(({ _name }) => _name),
    Regions: regions && regionCodes(regions, accountType),
  };
}

function defaultModules(role: ConnectorRole | undefined): ConnectorAppName[] {
  return [...role?._props.permissions._modules ?? ['AI' as const]];
}
