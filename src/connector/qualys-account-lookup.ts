import { RemovalPolicy } from 'aws-cdk-lib';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { servedResource } from '../private/handled-resource';
import { A_SERVICE, checkRequired } from '../private/required';
import { AccountType } from '../service/account-type';
import { ConnectorService } from '../service/connector-service';
import { FunctionLogOptions } from '../service/function-options';
import { SCHEMA_VERSION } from '../wire/common';
import { ACCOUNT_LOOKUP_ATTRIBUTES, ACCOUNT_LOOKUP_RESOURCE_TYPE, AccountLookupProperties } from '../wire/connector';
import { connectorHandler } from './private/connector-handler';

/** Properties of a {@link QualysAccountLookup}. */
export interface QualysAccountLookupProps extends FunctionLogOptions {
  /** The connector service of your subscription. */
  readonly service: ConnectorService;

  /**
   * The account type to look up. `CHINA` is refused, because Qualys has no account there.
   *
   * @default - the one of the stack's region; `GLOBAL` when the region is not known at synth
   */
  readonly accountType?: AccountType;
}

/**
 * The AWS account of Qualys that the service calls from for an account type. The function reads it from the service when the stack is
 * deployed.
 *
 * Use it in partitions other than `aws`, whose Qualys accounts are not public. The deployment fails when the service shows no account, or
 * your own base account, as it does while one is registered. A deletion changes nothing at the service.
 *
 * For a role in another account or region, write the ID as a text. Or look it up in the role's own stack; its account then needs the
 * service's credentials. The library lets no role of one account read the stacks of another.
 *
 * @example
 * const lookup = new QualysAccountLookup(this, 'QualysAccount', { service });
 * const trust = TrustPrincipal.qualysAccount({ accountId: lookup.accountId });
 */
export class QualysAccountLookup extends Construct {
  /** ID of the account, 12 digits. The value is that of the last deployment that made or changed the lookup. */
  public readonly accountId: string;

  /** The function that serves the lookups and connectors of the stack. */
  public readonly handler: IFunction;

  /**
   * Makes the lookup. Throws for account type `CHINA`, and for an account type of another partition than the stack's region.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`; logical IDs contain it, so a change of it replaces the resources
   * @param props the service and the account type
   */
  public constructor(scope: Construct, id: string, props: QualysAccountLookupProps) {
    super(scope, id);
    checkRequired(props, { service: A_SERVICE });
    const { service, accountType = AccountType._of(this) } = props;
    if (accountType === AccountType.CHINA) throw new Error(`accountType of ${this.node.path} must be GLOBAL or US_GOVCLOUD, got CHINA: Qualys has no AWS account there. Register a base account, and trust that one`);

    const { handler, access } = connectorHandler(this, service, props.logRetention);
    this.handler = handler.function;
    const lookup = servedResource(this, 'Resource', {
      handler,
      resourceType: ACCOUNT_LOOKUP_RESOURCE_TYPE,
      properties: { SchemaVersion: SCHEMA_VERSION, Service: service._properties(), AccountType: accountType._name } satisfies AccountLookupProperties,
      removalPolicy: RemovalPolicy.DESTROY,
      needs: [access, service.credentials._secret],
    });
    this.node.defaultChild = lookup.node.defaultChild;
    this.accountId = lookup.getAttString(ACCOUNT_LOOKUP_ATTRIBUTES.accountId);
  }
}
