import { IConstruct } from 'constructs';
import { ExternalId } from '../service/external-id';

/** A role that a connector assumes, with the external ID that its trust policy requires. */
export interface IConnectorRole extends IConstruct {
  /** ARN of the role. */
  readonly roleArn: string;

  /** Name of the role, without its path. */
  readonly roleName: string;

  /** The external ID that the connector has to send. */
  readonly externalId: string;
}

/** A connector role that another app, a template of the vendor or a person made. */
export interface ConnectorRoleAttributes {
  /** ARN of the role. */
  readonly roleArn: string;

  /** The external ID that the role's trust policy requires. `ExternalId.perAccount` and `perAccountHash` use the role's account. */
  readonly externalId: ExternalId;
}
