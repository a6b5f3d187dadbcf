import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployed } from '../support/synth/policies';
import { nameOf, plain } from '../support/synth/synth';

/* Programs as somebody writes them who knows the README: each does its one job without a look into the source. */
const folder = join(__dirname, 'programs');
const PROGRAMS = readdirSync(folder).map((file) => file.replace('.ts', ''));

interface Ran {
  /** Warnings and errors, as `cdk synth --strict` has it. */
  readonly messages: string[];
  /** The resources of a stack by their names, as readable text. */
  resources(stack: string): Readonly<Record<string, { readonly Type: string; readonly Properties: any }>>;
  template(stack: string): any;
}

function run(program: string): Ran {
  const outdir = mkdtempSync(join(tmpdir(), 'program-'));
  try {
    process.env.CDK_OUTDIR = outdir;
    jest.isolateModules(() => { require(join(folder, program)); }); // eslint-disable-line @typescript-eslint/no-require-imports
    const json = (file: string) => JSON.parse(readFileSync(join(outdir, file), 'utf8'));
    const artifacts = Object.entries<any>(json('manifest.json').artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
    const metadata = ({ metadata: here, additionalMetadataFile: file }: any) => Object.entries<any>({ ...here, ...file ? json(file) : {} });
    const templates = Object.fromEntries(artifacts.map(([name]) => [name, json(`${name}.template.json`)]));
    return {
      messages: artifacts.flatMap(([, artifact]) => metadata(artifact)
        .flatMap(([path, entries]) => entries.filter(({ type }: any) => /aws:cdk:(warning|error)/.test(type)).map(({ data }: any) => `${path}: ${data}`))),
      resources: (stack) => Object.fromEntries(Object.entries<any>(templates[stack].Resources)
        .map(([id, { Type, Properties }]) => [nameOf(id), { Type, Properties: plain(Properties) }])),
      template: (stack) => templates[stack],
    };
  } finally {
    delete process.env.CDK_OUTDIR;
    rmSync(outdir, { recursive: true, force: true });
  }
}

test.each(PROGRAMS)('%s is synthesized without a warning', (program) => {
  expect(run(program).messages).toEqual([]);
});

test('an imported user: nothing here has a right on its keys, and its key is read from the secret', () => {
  const { resources, template } = run('imported-user');
  const { Registration } = resources('Security');
  expect(Registration!.Properties).toMatchObject({ UserName: 'qualys-base-account', AwsAccountId: '111111111111' });
  expect(Registration!.Properties).not.toHaveProperty('AccessKeyId');
  expect(JSON.stringify(template('Security'))).not.toContain('iam:CreateAccessKey');
  const { ConnectorRole } = resources('Production');
  expect(ConnectorRole!.Properties.AssumeRolePolicyDocument.Statement[0].Condition.ArnEquals['aws:PrincipalArn'].replace('${AWS::Partition}', 'aws'))
    .toBe('arn:aws:iam::111111111111:user/identity/qualys-base-account');
});

test('two platforms: one role that two users may assume, and a connector of it at each', () => {
  const { resources, template } = run('two-platforms');
  const { Properties } = Object.values<any>(template('Production').Resources).find(({ Type }) => Type === 'AWS::IAM::Role');
  const { Statement } = deployed(Properties.AssumeRolePolicyDocument, template('Production'), { partition: 'aws', region: 'eu-central-1', accountId: '222222222222' }) as any;
  expect(Statement.map(({ Sid, Condition }: any) => [Sid, Condition.ArnEquals['aws:PrincipalArn']])).toEqual([
    ['BaseAccount', 'arn:aws:iam::111111111111:user/qualys-eu'], ['BaseAccount2', 'arn:aws:iam::111111111111:user/qualys-us'],
  ]);
  const connectors = Object.values(resources('Connectors')).filter(({ Type }) => Type === 'Custom::QualysConnector').map((one) => one.Properties);
  expect(connectors.map(({ Service, RoleArn }) => [Service.ApiServer, RoleArn])).toEqual([
    ['https://qualysapi.qg2.apps.qualys.com', 'arn:aws:iam::222222222222:role/QualysConnector'],
    ['https://qualysapi.qg2.apps.qualys.eu', 'arn:aws:iam::222222222222:role/QualysConnector'],
  ]);
});

test('permissions with a Deny: beside the vendor\'s, for all of its modules', () => {
  const { resources } = run('permissions-with-a-deny');
  const denied = (stack: string) => Object.entries(resources(stack)).filter(([, { Type, Properties }]) => Type === 'AWS::IAM::ManagedPolicy'
    && Properties.PolicyDocument.Statement.some(({ Effect }: any) => Effect === 'Deny')).map(([name]) => name);
  expect([denied('Production'), denied('Development')]).toEqual([['PostureFurtherPermissions'], ['InventoryPermissions']]);
  const { Posture, PosturePermissions, PostureDefaultPolicy } = resources('Production');
  expect(Posture!.Properties.ManagedPolicyArns).toHaveLength(3);
  expect(PosturePermissions!.Properties.PolicyDocument.Statement.map(({ Effect }: any) => Effect)).toEqual(['Allow', 'Allow']);
  expect(JSON.stringify(PostureDefaultPolicy!.Properties.PolicyDocument)).toContain('s3:GetObject*'); // what grantRead says
  const modules = Object.values(resources('Connectors')).filter(({ Type }) => Type === 'Custom::QualysConnector').map(({ Properties }) => Properties.Modules);
  expect(modules).toEqual([['AI', 'CI', 'CSA'], ['AI', 'CI', 'CSA']]);
});

test('alarms in another app: on the metrics that the daily run of the first one writes', () => {
  const alarms = Object.values(run('alarms-in-another-app').resources('Monitoring')).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  expect(alarms).toHaveLength(7); // six of BaseAccountAlarms, and one of their own
  for (const { Properties } of alarms) {
    expect(Properties.Namespace).toBe('CdkQualysConnectors');
    expect(Properties.Dimensions).toEqual([{ Name: 'AccountType', Value: 'GLOBAL' }, { Name: 'Platform', Value: 'qualysapi.qg2.apps.qualys.com' }]);
  }
  expect(alarms.find(({ Properties }) => Properties.MetricName === 'KeyAge')!.Properties.Threshold).toBe(37);
});

test('three organizational units: one role in each account by a StackSet, which trusts the user by its name, and one fleet of connectors', () => {
  const { resources, template } = run('three-organizational-units');
  const [set] = Object.values(resources('Roles')).filter(({ Type }) => Type === 'AWS::CloudFormation::StackSet');
  expect(set!.Properties).toMatchObject({ PermissionModel: 'SERVICE_MANAGED', AutoDeployment: { Enabled: true } });
  expect(JSON.stringify(set!.Properties.StackInstancesGroup)).toMatch(/ou-ab12-11111111.*ou-ab12-22222222.*ou-ab12-33333333/);
  const body = JSON.stringify(template('Roles'));
  expect(body).toContain('user/qualys-base-account');
  expect(body).not.toMatch(/Fn::GetStackOutput|Fn::ImportValue/);
  const fleets = Object.values(resources('Connectors')).filter(({ Type }) => Type.startsWith('Custom::'));
  expect(fleets.map(({ Type }) => Type)).toEqual(['Custom::QualysConnectorFleet']);
});
