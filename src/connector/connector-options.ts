import { Duration } from 'aws-cdk-lib';
import { ActivationModule } from './activation-module';
import { AssetTag } from './asset-tag';
import { ConnectorModule } from '../service/connector-module';

/** The settings of a connector at the service, without the account that it reads. */
export interface ConnectorOptions {
  /**
   * The apps of the service that the connector feeds, at least one. Not for China.
   *
   * The console turns Asset Inventory on for every connector, and Cloud Inventory together with Cloud Security Assessment (vendor page
   * "Configure AWS Connector"). Other sets cause a warning, because nobody knows what the API does with them.
   *
   * @default - the modules that the role's permissions are for: all three with `ConnectorPermissions.securityPosture()`, Asset Inventory if
   * another app made the role
   */
  readonly modules?: ConnectorModule[];

  /**
   * Codes of the regions that the connector reads, e.g. `eu-central-1`.
   *
   * At least one, and all in the partition of the account type. Not for China. Synthesis fails for a region that your aws-cdk-lib does not know.
   *
   * @default - all regions
   */
  readonly regions?: string[];

  /**
   * Time between two runs, in whole minutes from 1 to 24 hours and known at synth. The vendor lists 1, 2, 3, 4, 6, 8, 12 and 24 hours;
   * other values cause a warning. It advises 4 hours or more, because AWS throttles frequent calls.
   *
   * @default Duration.hours(4)
   */
  readonly pollingInterval?: Duration;

  /**
   * The modules that the service activates for the assets that the connector finds. An empty list activates none; that the service takes
   * one is inferred from its other lists. Not for China.
   *
   * @default - not sent: the setting at the service stays as it is
   */
  readonly activationModules?: ActivationModule[];

  /**
   * Tags of the service for the assets that the connector finds. Tags that a person adds at the console stay. Not for China.
   *
   * @default - not sent: the tags at the service stay as they are
   */
  readonly defaultTags?: AssetTag[];

  /**
   * Whether the service may remediate its findings (`isRemediationEnabled`). The role then needs permissions to write, which the vendor's
   * console lists: give them with `ConnectorPermissions.custom`.
   *
   * @default - not sent: the setting at the service stays as it is
   */
  readonly remediation?: boolean;

  /**
   * Whether the service scans the perimeter of the assets that it finds (`isCPSEnabled`), on its default schedule.
   *
   * Set another schedule at the console. Requires `ActivationModule.VM` in `activationModules`. Not for China. That the service takes `false` is inferred.
   *
   * @default - not sent: the setting at the service stays as it is
   */
  readonly perimeterScan?: boolean;

  /**
   * Whether to take over an existing connector of the same role. Otherwise the deployment fails and names its ID. A connector that was
   * taken over stays at the service when this construct is removed.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;
}
