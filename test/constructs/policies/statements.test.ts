import { Duration } from 'aws-cdk-lib';
import { KEYS, Options, withEveryFunction } from './app';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { functionRoles, placed, Roles, RoleStatement } from '../../support/synth/function-roles';
import { PLACES, stackIn } from '../../support/synth/policies';
import { rights } from '../../support/synth/world';

/* Every statement of every role of the library's functions, word for word. What a function may do is decided here, too. */
const allow = (Action: string | string[], Resource: string | string[], Condition?: RoleStatement['Condition']): RoleStatement => (
  { Action, ...Condition && { Condition }, Effect: 'Allow', Resource });
const arn = (service: string, resource: string) => `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;
const role = (path: string) => `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role${path}`;
const through = (service: string) => ({ StringEquals: { 'kms:ViaService': `${service}.\${AWS::Region}.amazonaws.com` } });

const log = (name: string) => allow(['logs:CreateLogStream', 'logs:PutLogEvents'], `\${${name}LogGroup.Arn}`);
const NETWORK = [
  allow(['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'], '*'),
  allow(['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'], arn('ec2', '*/*')),
];
const SIGN_IN = allow('secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:qualys/api-user-x9y8z7'));
const KEEP_KEY = [
  allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], '${UserSecret}'),
  allow('secretsmanager:TagResource', '${UserSecret}', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['cdk-qualys-connectors:minting', 'cdk-qualys-connectors:removed'] } }),
];
const MINT = ['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed'];
const record = (...names: string[]) => {
  const [first, ...more] = names.map((name) => arn('ssm', `parameter/cdk-qualys-connectors/${name}`));
  return allow(['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'], more.length === 0 ? first! : [first!, ...more]);
};
const NOTES = arn('ssm', 'parameter/cdk-qualys-connectors/connector/${AWS::StackName}/qualysapi.qg2.apps.qualys.com');
const kms = (key: keyof typeof KEYS, actions: string | string[], service = 'secretsmanager') => allow(actions, arn('kms', `key/${KEYS[key]}`), through(service));
const USE = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** The roles as they are with these options; `on` leaves out what goes with an option that is not taken. */
function table({ vpc = false, keys = false, notify = false, rotation }: Options, accountType = 'GLOBAL'): Roles {
  const entry = `base-account/qualysapi.qg2.apps.qualys.com/${accountType}`;
  const on = (taken: boolean, ...statements: RoleStatement[]) => taken ? statements : [];
  return {
    UserFunctionRole: [
      allow(MINT, '${User.Arn}'), ...KEEP_KEY, ...on(keys, kms('SecretKey', USE)), log('UserFunction'),
      allow('ssm:GetParameter', arn('ssm', `parameter/cdk-qualys-connectors/${entry}`)),
    ],
    EntryFunctionRole: [
      SIGN_IN, ...on(keys, kms('ApiUserKey', 'kms:Decrypt')),
      allow('secretsmanager:GetSecretValue', '${UserSecret}'), ...on(keys, kms('SecretKey', 'kms:Decrypt')),
      record(entry, `${entry}/cancelled`),
      ...on(notify, allow('sns:Publish', arn('sns', 'people')), ...on(keys, kms('TopicKey', USE, 'sns'))),
      log('EntryFunction'), ...on(vpc, ...NETWORK),
      ...on(rotation?._times !== undefined, allow([...MINT, 'iam:UpdateAccessKey'], '${User.Arn}'), ...KEEP_KEY, ...on(keys, kms('SecretKey', USE))),
    ],
    QualysConnectorFunctionRole: [
      SIGN_IN, ...on(keys, kms('ApiUserKey', 'kms:Decrypt')),
      allow(['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'], `${NOTES}/*`), allow('ssm:GetParametersByPath', NOTES),
      allow('cloudformation:ListStackResources', '${AWS::StackId}'),
      log('QualysConnectorFunction'), ...on(vpc, ...NETWORK),
    ],
    ...accountType === 'CHINA' ? {} : {
      FleetFunctionRole: [
        SIGN_IN, ...on(keys, kms('ApiUserKey', 'kms:Decrypt')),
        allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchWriteItem', 'dynamodb:Scan'], '${FleetTable.Arn}'),
        allow(['cloudformation:ListStackInstances', 'cloudformation:ListStackSetOperations'], 'arn:${AWS::Partition}:cloudformation:${AWS::Region}:*:stackset/Roles:*'),
        allow(['organizations:ListAccounts', 'organizations:ListDelegatedAdministrators'], '*'),
        log('FleetFunction'), ...on(vpc, ...NETWORK),
      ],
    },
    TrustFunctionRole: [
      allow(['iam:GetRole', 'iam:UpdateAssumeRolePolicy'], role('/security/Elsewhere')), record('role-trust/Elsewhere'),
      allow('cloudformation:DescribeStackResource', '${AWS::StackId}'), log('TrustFunction'),
    ],
  };
}

const OPTIONS: ReadonlyArray<[string, Options]> = [
  ['nothing more than it has to have', { rotation: KeyRotation.disabled() }],
  ['rotation', { rotation: KeyRotation.every(Duration.days(60)) }],
  ['a VPC', { vpc: true, rotation: KeyRotation.disabled() }],
  ['KMS keys', { keys: true, rotation: KeyRotation.disabled() }],
  ['a topic to notify', { notify: true, rotation: KeyRotation.disabled() }],
  ['all of that', { vpc: true, keys: true, notify: true, rotation: KeyRotation.every(Duration.days(60)) }],
];

const ACCOUNT_TYPES: Readonly<Record<string, string>> = { 'aws': 'GLOBAL', 'aws-us-gov': 'US_GOVCLOUD', 'aws-cn': 'CHINA' };

const all = (roles: Roles) => Object.fromEntries(Object.entries(roles).map(([name, statements]) => [name, rights(statements)]));

describe.each(OPTIONS)('with %s', (_, options) => {
  test('each function has exactly these rights, wherever it is deployed to (faults 60 and 75)', () => {
    expect(all(functionRoles(withEveryFunction(stackIn(), options)))).toEqual(all(table(options)));
  });

  test.each(PLACES)('each function has exactly these rights in partition $partition (faults 60 and 75)', (place) => {
    expect(all(placed(functionRoles(withEveryFunction(stackIn(place), options)), place)))
      .toEqual(all(placed(table(options, ACCOUNT_TYPES[place.partition]), place)));
  });
});
