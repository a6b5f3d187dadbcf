import { IConstruct } from 'constructs';
import { ExternalId } from '../service/external-id';

/** A role that a connector assumes, with the external ID that its trust policy asks for. */
export interface IConnectorRole extends IConstruct {
  /** ARN of the role. */
  readonly roleArn: string;

  /** Name of the role, without its path. */
  readonly roleName: string;

  /** The external ID as the connector has to present it. */
  readonly externalId: string;
}

/** A connector role that another app made, a template of the vendor's, or a person. */
export interface ConnectorRoleAttributes {
  /** ARN of the role. */
  readonly roleArn: string;

  /** The external ID that the role's trust policy asks for; one for each account is that of the role's account. */
  readonly externalId: ExternalId;
}
