import { Duration } from 'aws-cdk-lib';
import { ActivationModule } from './activation-module';
import { AssetTag } from './asset-tag';
import { ConnectorModule } from '../service/connector-module';

/** What a connector is at the service, whatever account it reads. */
export interface ConnectorOptions {
  /**
   * The apps of the service that the connector feeds, at least one. Not for China.
   *
   * Asset Inventory is on for every connector, and Cloud Inventory comes together with Cloud Security Assessment (vendor page "Configure AWS
   * Connector"): other sets draw a warning, as nobody knows what the API does with them.
   *
   * @default - what the permissions of the role are for: with `ConnectorPermissions.securityPosture()` all three; Asset Inventory where
   * another app made the role
   */
  readonly modules?: ConnectorModule[];

  /**
   * Codes of the regions that are read, e.g. `eu-central-1`, at least one and all of the account type's partition. Not for
   * China. One that is newer than your aws-cdk-lib is unknown.
   *
   * @default - all regions
   */
  readonly regions?: string[];

  /**
   * Time between two runs, known at synth: whole minutes from 1 to 24 hours. The vendor advises 4 hours or more, as AWS throttles its
   * readers, and lists 1, 2, 3, 4, 6, 8, 12 and 24 hours: others draw a warning.
   *
   * @default Duration.hours(4)
   */
  readonly pollingInterval?: Duration;

  /**
   * The modules that are activated for what the connector finds. An empty list activates none; that the service takes one is
   * inferred from its other lists. Not for China.
   *
   * @default - not sent: what is activated at the service stays as it is
   */
  readonly activationModules?: ActivationModule[];

  /**
   * Tags of the service for what the connector finds. Those that a person adds at the console stay. Not for China.
   *
   * @default - not sent: the tags at the service stay as they are
   */
  readonly defaultTags?: AssetTag[];

  /**
   * Whether the service may remediate what it finds (`isRemediationEnabled`). The role then needs permissions to write, which the vendor
   * lists at its console: give them with `ConnectorPermissions.custom`.
   *
   * @default - not sent: the setting at the service stays as it is
   */
  readonly remediation?: boolean;

  /**
   * Whether the service scans the perimeter of what it finds (`isCPSEnabled`), on the schedule that it has by default; a schedule of your own
   * is set at the console. Needs `ActivationModule.VM` among `activationModules`. Not for China. That the service takes `false` is inferred.
   *
   * @default - not sent: the setting at the service stays as it is
   */
  readonly perimeterScan?: boolean;

  /**
   * Whether a connector of the same role that the service has already may be taken over. Without, one lets the deployment
   * fail with its ID. One that was taken over stays when this construct is removed.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;
}
