import { Annotations, Duration } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { checkChina, pollingMinutes, regionCodes, warnOfUnlistedPolling } from './connector-checks';
import { inOrder } from '../../private/checks';
import { AccountType } from '../../service/account-type';
import { ConnectorModule } from '../../service/connector-module';
import { ConnectorService } from '../../service/connector-service';
import { flag } from '../../wire/common';
import { ConnectorAppName, ConnectorSettingsProperties } from '../../wire/connector';
import { ActivationModule } from '../activation-module';
import { ConnectorOptions } from '../connector-options';

/** The settings of connectors, as they cross the wire. */
export function connectorSettings(
  scope: IConstruct, options: ConnectorOptions, service: ConnectorService, accountType: AccountType, modules: readonly ConnectorAppName[],
): ConnectorSettingsProperties {
  const { pollingInterval = Duration.hours(4), remediation, perimeterScan, defaultTags, adoptExisting = false } = options;
  const isChina = accountType === AccountType.CHINA;
  if (isChina) checkChina(service.platform, options);
  warnOfUnlistedPolling(scope, pollingInterval);
  return {
    Modules: isChina ? [] : modulesOf(scope, options, modules),
    Activation: activationOf(options),
    Regions: options.regions && regionCodes(options.regions, accountType),
    PollingMinutes: pollingMinutes(pollingInterval),
    DefaultTags: defaultTags?.map(({ _properties }) => _properties),
    Remediation: remediation === undefined ? undefined : flag(remediation),
    PerimeterScan: perimeterScan === undefined ? undefined : flag(perimeterScan),
    AdoptExisting: flag(adoptExisting),
  };
}

function modulesOf(scope: IConstruct, { modules }: ConnectorOptions, ofRole: readonly ConnectorAppName[]): ConnectorAppName[] {
  if (modules === undefined) return [...ofRole];
  if (modules.length === 0) throw new Error('modules must name a module, got none: a connector feeds one app at least');
  const names = inOrder('modules', modules, ConnectorModule._all()).map(({ _name }) => _name);
  const isWhole = names.includes('AI') && names.includes('CI') === names.includes('CSA');
  if (!isWhole) {
    Annotations.of(scope).addWarningV2('cdk-qualys-connectors:modulesNotOffered',
      `modules are ${names.join(', ')}, which the vendor's console does not offer: Asset Inventory (AI) is on for every connector, and Cloud Inventory (CI) comes together with `
      + 'Cloud Security Assessment (CSA). What the API does with this set is not known');
  }
  return names;
}

function activationOf({ activationModules, perimeterScan }: ConnectorOptions): ConnectorSettingsProperties['Activation'] {
  const names = activationModules && inOrder('activationModules', activationModules, ActivationModule._all()).map(({ _name }) => _name);
  if (names?.includes('PC') && names.includes('SCA')) throw new Error('activationModules must hold PC or SCA, got both: the service takes one of them');

  if (perimeterScan && !names?.includes('VM')) throw new Error(`perimeterScan needs ActivationModule.VM among activationModules, got ${names === undefined ? 'none' : names.join(', ') || 'an empty list'}`);

  return names;
}
