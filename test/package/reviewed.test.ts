import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contextEnvironment, EXAMPLES, furtherPackages, TSX } from '../support/apps/examples';
import { REPOSITORY } from '../support/emulator/repository';
import { Consumer } from '../support/package/consumer';
import { Finding, readValidationReport, ValidationReport } from '../support/package/validation-report';

/*
 * The packed tarball as reviewers see it: cdk-nag (AwsSolutions and NIST 800-53 R5) and the proactive controls of AWS Control
 * Tower look at every example. Exact versions: newer ones bring new rules.
 */
const REVIEWERS = ['cdk-nag@3.0.2', '@cdklabs/cdk-validator-cfnguard@0.0.62'];
const PLUGINS = ['AwsSolutions', 'NIST.800.53.R5', 'cdk-validator-cfnguard'];
const MINUTES = 60_000;

const newest = new Consumer(join(__dirname, 'newest'));
const lowest = new Consumer(join(__dirname, 'lowest'));
afterAll(() => [newest, lowest].forEach((consumer) => consumer.remove()));

async function review(consumer: Consumer, app: string, env: NodeJS.ProcessEnv = {}): Promise<ValidationReport> {
  // AWS CDK's own rules are another test's; findings make the command fail, but the report is there.
  const assembly = join(consumer.folder, `reviewed-${app.replace(/\W/g, '-')}-${Object.values(env).join('').replace(/\W/g, '-')}`);
  await consumer.run(TSX, ['--require', './reviewers.cjs', app], { ...contextEnvironment(), CDK_VALIDATION: 'false', ...env, CDK_OUTDIR: assembly }).catch((error: Error) => {
    if (!/validation-report\.json/.test(error.message)) throw error;
  });
  return readValidationReport(assembly);
}

beforeAll(async () => {
  for (const consumer of [newest, lowest]) {
    cpSync(join(__dirname, 'reviewed'), consumer.folder, { recursive: true });
    await consumer.installTarball([...REVIEWERS, ...EXAMPLES.flatMap(furtherPackages)]);
  }
  for (const example of EXAMPLES) cpSync(join(REPOSITORY, 'examples', example), join(newest.folder, example), { recursive: true });
}, 5 * MINUTES);

/** What CDK Pipelines makes of its own accord in the stack of the landing zone's pipeline is not the example's. */
const byOthers = ({ construct }: Finding): boolean => construct.startsWith('Pipeline/Pipeline/');

/** An example leaves to whoever copies it what an alarm does, and how a topic is encrypted. */
const LEFT_TO_USERS = ['NIST.800.53.R5-CloudWatchAlarmAction', 'cloudwatch_alarm_action_check', 'NIST.800.53.R5-SNSEncryptedKMS'];
const isLeft = (finding: Finding): boolean => byOthers(finding) || LEFT_TO_USERS.includes(finding.rule);

test.each(EXAMPLES)('the example %s: nothing found that is not acknowledged with a reason, its runtime is not old (faults 70 and 74)', async (example) => {
  const { plugins, open, acknowledged } = await review(newest, join(example, 'app.ts'));
  expect(plugins).toEqual(expect.arrayContaining(PLUGINS));
  expect(open.filter((finding) => !isLeft(finding))).toEqual([]);
  // That they looked at all: each of them found what is known.
  expect([...new Set(acknowledged.map(({ plugin }) => plugin))].sort()).toEqual(PLUGINS);
  expect(acknowledged.filter(({ reason = '' }) => reason.length < 40)).toEqual([]);
}, 5 * MINUTES);

describe.each([['newest', newest, PLUGINS], ['lowest', lowest, PLUGINS.slice(0, 2)]])('beside the %s AWS CDK (fault 74)', (_, consumer, heeded) => {
  let report: ValidationReport;
  beforeAll(async () => { report = await review(consumer, 'app.ts'); }, 5 * MINUTES);
  const rulesOf = (stack: string) => [...new Set(report.open.filter(({ construct, plugin }) => construct.startsWith(`${stack}/`) && heeded.includes(plugin))
    .map(({ rule }) => rule))].sort();

  test('nothing is found in one of each construct', () => {
    expect(report.plugins).toEqual(expect.arrayContaining(PLUGINS));
    expect(rulesOf('Library')).toEqual([]);
  });

  test('what the library acknowledges for itself is still found in what is not the library\'s, and what the user answers for is found (fault 58)', () => {
    expect(rulesOf('User')).toEqual(expect.arrayContaining([
      'AwsSolutions-IAM5[Resource::*]', // any role; statements of the user's own
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iam::*:role/Qualys*]',
      'NIST.800.53.R5-CloudWatchLogGroupEncrypted', 'NIST.800.53.R5-LambdaConcurrency', 'NIST.800.53.R5-LambdaDLQ', 'NIST.800.53.R5-LambdaInsideVPC',
    ]));
    expect(report.open.filter(({ rule }) => rule === 'AwsSolutions-IAM5[Resource::*]').map(({ construct }) => construct).sort())
      .toEqual(['User/Any/Resource', 'User/OwnPermissions/Permissions/Resource']);
    const ofControlTower = report.open.filter(({ plugin, construct }) => plugin === 'cdk-validator-cfnguard' && construct.startsWith('User/')).map(({ rule }) => rule);
    expect(ofControlTower).toEqual(expect.arrayContaining(['cloudwatch_log_group_encrypted_check', 'lambda_inside_vpc_check']));
  });
});

test.each(['NIST.800.53.R5-LambdaDLQ', 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iam::*:role/QualysConnector]', 'lambda_inside_vpc_check'])(
  'without its acknowledgement %s is found (fault 74)', async (WITHOUT) => {
    const { open } = await review(newest, join('single-stack', 'app.ts'), { WITHOUT });
    expect([...new Set(open.filter((finding) => !isLeft(finding)).map(({ rule }) => rule))]).toEqual([WITHOUT]);
  }, 5 * MINUTES);

test('every acknowledgement of the library is needed (fault 74)', async () => {
  const reports = [...readdirSync(newest.folder).filter((name) => name.startsWith('reviewed-') && name.endsWith('-'))].map((name) => readValidationReport(join(newest.folder, name)));
  const needed = new Set(reports.flatMap(({ acknowledged }) => acknowledged.map(({ rule }) => rule)));
  const source = readFileSync(join(REPOSITORY, 'src', 'private', 'known-findings.ts'), 'utf8');
  const named = [...source.matchAll(/^ {2}'?((?:NIST|AwsSolutions)[^']+|[a-z_]+_check)'?:/gm)].map(([, rule]) => rule!);
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((rule) => !needed.has(rule))).toEqual([]);
}, MINUTES);
