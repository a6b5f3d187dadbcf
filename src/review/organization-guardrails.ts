import { Effect, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { OnlyFromOrganizationOptions, ProtectBaseAccountProps } from './organization-guardrails-props';
import { checkLiterals, checkNamePatterns, checkPrincipalArns } from './private/guardrail-input';
import { protectFunctions, protectKey, protectRecords, protectRoles } from './private/guardrail-statements';
import { checkAccountId, checkOrganizationId } from '../private/checks';
import { checkPath, checkUserName } from '../private/iam-names';
import { AccountType } from '../service/account-type';

/**
 * Statements for the policies of an AWS organization. With them, nobody outside assumes roles, and only the library makes and reads the key of a base
 * account.
 *
 * - The statements have no token, so `toStatementJson()` works outside a stack.
 * - Attach the service control policy after the stacks are deployed. Attach the resource control policy last, when no role trusts the Qualys account any
 *   more. Detach them in reverse order.
 * - A resource control policy on the root of the organization denies every other vendor too, so exempt their accounts first.
 * - Neither kind of policy applies to the management account of the organization (AWS Organizations user guide, "Service control policies" and "Resource
 *   control policies").
 *
 * @example
 * const scp = new iam.PolicyDocument({
 *   statements: OrganizationGuardrails.protectBaseAccount({
 *     accountId: '111122223333', userName: 'qualys-base-account', secretName: 'qualys/key', functionNames: ['CentralSecurity-*'],
 *   }),
 * });
 * const rcp = new iam.PolicyDocument({ statements: OrganizationGuardrails.assumeRoleOnlyFromOrganization('o-a1b2c3d4e5') });
 */
export class OrganizationGuardrails {
  /**
   * Returns one statement for a resource control policy, which denies `sts:AssumeRole` to everybody outside the organization.
   *
   * AWS services can still assume their roles. Sign-in by SAML or web identity is another action, which stays allowed. Attach the policy when every
   * connector role trusts the base account alone, or exempt the Qualys account until then.
   *
   * Throws for an organization ID or account ID that AWS does not have, and for a token.
   *
   * @param organizationId ID of your organization, e.g. `o-a1b2c3d4e5`
   * @param options accounts outside the organization that are exempt
   */
  public static assumeRoleOnlyFromOrganization(organizationId: string, options: OnlyFromOrganizationOptions = {}): PolicyStatement[] {
    const { exemptAccountIds = [] } = options;
    checkLiterals({ organizationId, exemptAccountIds });
    checkOrganizationId('organizationId', organizationId);
    exemptAccountIds.forEach((accountId) => checkAccountId('exemptAccountIds', accountId));
    return [new PolicyStatement({
      sid: 'OnlyFromOrganization',
      effect: Effect.DENY,
      principals: [new StarPrincipal()],
      actions: ['sts:AssumeRole'],
      resources: ['*'],
      conditions: {
        // A caller without an organization is outside; all keys of an operator have to hold.
        StringNotEqualsIfExists: {
          'aws:PrincipalOrgID': organizationId,
          ...exemptAccountIds.length === 0 ? {} : { 'aws:PrincipalAccount': [...new Set(exemptAccountIds)].sort() },
        },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    })];
  }

  /**
   * Returns up to six statements for a service control policy on the base account. They deny everybody else what only these may do:
   *
   * - the library's functions make the key;
   * - the functions and `secretReaderArns` read the key (with `secretName`);
   * - deployments change the functions' roles and the secret's policy;
   * - deployments change the functions' code and settings (with `functionNames`);
   * - services, deployments and `operatorArns` invoke the functions (with `functionNames`);
   * - the functions write their records.
   *
   * An administrator may still deactivate or delete a key after a leak. Throws for a name, path, ID or ARN that AWS does not have, for a token, for
   * `secretReaderArns` without `secretName`, for `operatorArns` without `functionNames`, and for empty `deployerArns`.
   *
   * @param props the account, its user, and the names of the protected resources
   */
  public static protectBaseAccount(props: ProtectBaseAccountProps): PolicyStatement[] {
    const { accountId, userName, userPath = '/', secretName, functionNames = [], accountType = AccountType.GLOBAL, operatorArns = [], secretReaderArns = [] } = props;
    const { partition } = accountType;
    const deployerArns = props.deployerArns ?? [`arn:${partition}:iam::${accountId}:role/cdk-hnb659fds-cfn-exec-role-${accountId}-*`];
    checkLiterals({ accountId, userName, userPath, secretName: secretName ?? [], functionNames, deployerArns, operatorArns, secretReaderArns });
    checkAccountId('accountId', accountId);
    checkUserName('userName', userName);
    checkPath('userPath', userPath);
    checkNamePatterns({ secretName, functionNames });
    checkPrincipalArns({ deployerArns, operatorArns, secretReaderArns }, partition);
    if (deployerArns.length === 0) throw new Error('deployerArns must hold at least one role ARN, got none: no deployment could change the library\'s roles');
    if (secretName === undefined && secretReaderArns.length > 0) throw new Error('secretReaderArns goes with secretName, got it alone: without the name the secret is not protected');
    if (functionNames.length === 0 && operatorArns.length > 0) throw new Error('operatorArns goes with functionNames, got it alone: without the names the functions are not protected');
    const place = { partition, accountId, deployerArns };
    return [
      ...protectKey(place, { userName, userPath, secretName, secretReaderArns }),
      protectRoles(place, secretName),
      ...protectFunctions(place, functionNames, operatorArns),
      protectRecords(place),
    ];
  }

  private constructor() {}
}
