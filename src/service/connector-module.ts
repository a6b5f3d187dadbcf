import { oneOf } from '../private/checks';
import type { ConnectorAppName } from '../wire/connector';

/**
 * An app of the service that a connector feeds (`connectorAppInfos` of the Connectors API 3.0).
 *
 * @example
 * const modules = [ConnectorModule.ASSET_INVENTORY, ConnectorModule.CLOUD_INVENTORY];
 */
export class ConnectorModule {
  /** Asset Inventory, `AI`. */
  public static readonly ASSET_INVENTORY = new ConnectorModule('AI');

  /** Cloud Inventory, `CI`. */
  public static readonly CLOUD_INVENTORY = new ConnectorModule('CI');

  /** Cloud Security Assessment, `CSA`. */
  public static readonly SECURITY_ASSESSMENT = new ConnectorModule('CSA');

  /**
   * Finds a module by its name, for example from a configuration file.
   *
   * @param name `AI`, `CI` or `CSA`; throws for others and for tokens
   */
  public static of(name: string): ConnectorModule {
    return oneOf('module', name, ConnectorModule._all());
  }

  /**
   * All modules, in the order in which the library sends them.
   *
   * @internal
   */
  public static _all(): ConnectorModule[] {
    return [ConnectorModule.ASSET_INVENTORY, ConnectorModule.CLOUD_INVENTORY, ConnectorModule.SECURITY_ASSESSMENT];
  }

  /** @internal */
  public readonly _name: ConnectorAppName;

  private constructor(name: ConnectorAppName) {
    this._name = name;
  }

  /** The service's name: `AI`, `CI` or `CSA`. */
  public get name(): string {
    return this._name;
  }
}
