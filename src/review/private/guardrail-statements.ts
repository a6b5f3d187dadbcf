import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FUNCTION_ROLE_PATH } from '../../wire/common';

/** What all statements of one base account have in common. */
export interface ProtectedPlace {
  readonly partition: string;
  readonly accountId: string;
  readonly deployerArns: readonly string[];
}

/** The user whose key it is, and the secret that keeps it. */
export interface ProtectedKey {
  readonly userName: string;
  readonly userPath: string;
  readonly secretName?: string;
  readonly secretReaderArns: readonly string[];
}

const libraryRoles = ({ partition, accountId }: ProtectedPlace) => `arn:${partition}:iam::${accountId}:role${FUNCTION_ROLE_PATH}*`;

/** Secrets Manager appends a hyphen and six characters to the name. */
const secretArn = ({ partition, accountId }: ProtectedPlace, name: string) => `arn:${partition}:secretsmanager:*:${accountId}:secret:${name}-??????`;

function deny(sid: string, actions: string[], resources: string[], butFor: readonly string[], further: Record<string, object> = {}): PolicyStatement {
  return new PolicyStatement({
    sid, effect: Effect.DENY, actions, resources, conditions: { ArnNotLike: { 'aws:PrincipalArn': [...new Set(butFor)].sort() }, ...further },
  });
}

/** The key is made and read by the library's functions alone. Deleting one stays possible, as the answer to a leak. */
export function protectKey(place: ProtectedPlace, { userName, userPath, secretName, secretReaderArns }: ProtectedKey): PolicyStatement[] {
  const user = `arn:${place.partition}:iam::${place.accountId}:user${userPath}${userName}`;
  return [
    deny('KeysOnlyByTheLibrary', ['iam:CreateAccessKey'], [user], [libraryRoles(place)]),
    ...secretName === undefined ? [] : [deny('KeyReadOnlyByTheLibrary', ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
      [secretArn(place, secretName)], [libraryRoles(place), ...secretReaderArns])],
  ];
}

/** A role of the path is what the other statements let through: nobody makes one, lets himself into one or hands one to code of his own. */
export function protectRoles(place: ProtectedPlace, secretName?: string): PolicyStatement {
  const roles = ['CreateRole', 'PassRole', 'UpdateAssumeRolePolicy', 'PutRolePolicy', 'AttachRolePolicy', 'DeleteRolePermissionsBoundary'].map((action) => `iam:${action}`);
  // So do the secret's own policy, where readers of it are named, and its encryption. Updating a secret may write a value too.
  const secret = secretName === undefined ? [] : ['PutResourcePolicy', 'DeleteResourcePolicy', 'UpdateSecret'].map((action) => `secretsmanager:${action}`);
  return deny('RolesOfTheLibraryOnlyByDeployments', [...roles, ...secret],
    [libraryRoles(place), ...secretName === undefined ? [] : [secretArn(place, secretName)]], place.deployerArns);
}

/** Code and environment say what a function does; events come from services, deployments, operators and the library itself. */
export function protectFunctions(place: ProtectedPlace, names: readonly string[], operatorArns: readonly string[]): PolicyStatement[] {
  if (names.length === 0) return [];
  // The second one is a function with a version or an alias.
  const functions = [...new Set(names)].sort().flatMap((name) => [name, `${name}:*`]).map((name) => `arn:${place.partition}:lambda:*:${place.accountId}:function:${name}`);
  return [
    deny('InvocationsOnlyByServices', ['lambda:InvokeFunction'], functions, [...place.deployerArns, ...operatorArns, libraryRoles(place)], {
      // CloudFormation without a role of its own calls as whoever deploys.
      'ForAllValues:StringNotEquals': { 'aws:CalledVia': ['cloudformation.amazonaws.com'] },
      'BoolIfExists': { 'aws:PrincipalIsAWSService': 'false' },
    }),
    deny('FunctionsOnlyByDeployments', ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration', 'lambda:AddPermission'], functions, place.deployerArns),
  ];
}

/** Ownership records and notes on connectors are the functions' memory. */
export function protectRecords(place: ProtectedPlace): PolicyStatement {
  const { partition, accountId } = place;
  return deny('RecordsOnlyByTheLibrary', ['ssm:PutParameter', 'ssm:DeleteParameter', 'ssm:DeleteParameters'],
    [`arn:${partition}:ssm:*:${accountId}:parameter${FUNCTION_ROLE_PATH}*`], [libraryRoles(place)]);
}
