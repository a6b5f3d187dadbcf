import { Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { IConstruct } from 'constructs';
import { checkText, shown } from '../../private/checks';
import { checkRoleName } from '../../private/iam-names';
import { knownPartition, knownRegion } from '../../private/partitions';
import { A_TRUST, AN_EXTERNAL_ID, checkRequired, PERMISSIONS, TEXT, TEXTS } from '../../private/required';
import { checkExcluded, checkStackSetName, checkUnits } from '../../role/private/account-checks';
import { ConnectorRoleStackSetProps } from '../connector-role-stack-set-props';

/** Throws for properties that a stack set cannot have. */
export function checkSet(scope: IConstruct, props: ConnectorRoleStackSetProps): void {
  checkRequired(props, { roleName: TEXT, organizationalUnits: TEXTS, trust: A_TRUST, externalId: AN_EXTERNAL_ID, permissions: PERMISSIONS });
  const { roleName, externalId, organizationalUnits, excludeAccounts = [], failureTolerancePercentage = 0, region } = props;
  const { permissionsBoundaryName, stackSetName } = props;
  if (Token.isUnresolved(roleName)) throw new Error('roleName must be a text, got a token: the name is the same in every account, and fleet and base account need it as text');
  checkRoleName('roleName', roleName);
  checkUnits('organizationalUnits', organizationalUnits);
  checkExcluded('excludeAccounts', excludeAccounts);
  checkPercentage('failureTolerancePercentage', failureTolerancePercentage);
  if (stackSetName !== undefined) checkStackSetName('stackSetName', stackSetName);
  if (permissionsBoundaryName !== undefined) checkText('permissionsBoundaryName', permissionsBoundaryName, BOUNDARY);
  if (externalId._isSame) {
    throw new Error('externalId of a ConnectorRoleStackSet cannot be ExternalId.of(), which is the same in every account: whoever reads one role would know the external ID of all. '
      + 'Use ExternalId.perAccount()');
  }
  externalId._ofMany();
  checkPlace(scope, region);
}

/** Rule for the path and name of a policy, as in its ARN. */
const BOUNDARY = { max: 639, pattern: /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/, allowed: 'the name of a policy, with its path before it, as Boundary or security/Boundary' };

function checkPercentage(name: string, value: number): void {
  if (Token.isUnresolved(value) || (Number.isInteger(value) && value >= 0 && value <= 100)) return;
  throw new Error(`${name} must be a whole number from 0 to 100, got ${value}`);
}

/**
 * Throws in China, which has no service-managed stack sets, and for a region of another partition.
 * https://docs.amazonaws.cn/en_us/aws/latest/userguide/cloudformation.html
 */
function checkPlace(scope: IConstruct, region?: string): void {
  const [here, there] = [knownPartition(scope), region === undefined || Token.isUnresolved(region) ? undefined : RegionInfo.get(region).partition];
  if ([here, there].includes('aws-cn')) throw new Error(`${scope.node.path} is in China, where AWS has no stack sets with service-managed permissions: deploy a ConnectorRole to each account, and make a Connector for each`);

  if (here !== undefined && there !== undefined && here !== there) throw new Error(`region must be in partition ${here}, that of ${scope.node.path} in ${knownRegion(scope)}, got ${shown(region!)}, which is in ${there}`);

}
