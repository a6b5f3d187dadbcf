import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { everything } from '../support/apps/everything';
import { ensureVenv } from '../support/emulator/install/venv';
import { REPOSITORY } from '../support/emulator/repository';
import { resourcesOf } from '../support/synth/template';

const text = readFileSync(join(REPOSITORY, 'RUNBOOK.md'), 'utf8');
const headings = [...text.matchAll(/^## (\w+Alarms: \w+)$/gm)].map(([, heading]) => heading!);
const sections = text.split(/^## /m).slice(1).map((section) => ({ heading: section.split('\n')[0]!, section }));
const alarms = sections.filter(({ heading }) => headings.includes(heading));

/** What the descriptions of all alarms lead to. */
const led = resourcesOf(everything(new Stack(new App(), 'Stack'))).filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
  .map(({ properties }) => /RUNBOOK\.md of cdk-qualys-connectors, (.*)\.$/.exec(properties.AlarmDescription)?.[1]);

test('every alarm leads to a heading of its own', () => {
  expect(led.length).toBeGreaterThanOrEqual(10);
  expect(led.filter((heading) => heading === undefined || !headings.includes(heading))).toEqual([]);
  expect(new Set(led).size).toBe(led.length);
});

test('there are 14 headings, each once: six of the base account, four of connectors, four of a fleet', () => {
  expect(new Set(headings).size).toBe(headings.length);
  const of = (construct: string) => headings.filter((heading) => heading.startsWith(`${construct}: `)).length;
  expect([of('BaseAccountAlarms'), of('ConnectorAlarms'), of('ConnectorFleetAlarms'), headings.length]).toEqual([6, 4, 4, 14]);
});

describe('words of the code', () => {
  const sources = (folder: string) => readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(REPOSITORY, folder, file), 'utf8')).join('\n');
  const [code, wire, constructs] = [sources('lambda'), sources('src/wire'), sources('src')];
  const all = (pattern: RegExp, of: string): string[] => [...new Set([...of.matchAll(pattern)].map(([, word]) => word!))];

  test('outcomes, steps and requests of the log are those that it has', () => {
    const asked = all(/outcome = "([\w-]+)"/g, text);
    expect(asked.length).toBeGreaterThan(4);
    expect(asked.filter((word) => !all(/outcome: '([\w-]+)'/g, code).includes(word))).toEqual([]);
    expect(all(/\$\.requestType = "(\w+)"/g, text).filter((word) => !all(/runTask\('(\w+)'/g, code).includes(word))).toEqual([]);
    expect(all(/\$\.step = "(\w+)"/g, text).filter((word) => !all(/step: '(\w+)'/g, code).includes(word))).toEqual([]);
    for (const words of all(/'"([^"]+)"'/g, text)) expect(code).toContain(words);
  });

  test('metrics, classes, props and outputs are called so', () => {
    const known = [
      ...all(/^\s+\w+: '([A-Z]\w+)',$/gm, wire), ...all(/export (?:class|interface) (\w+)/g, constructs), ...all(/^\s+(?:public )?readonly (\w+)\??:/gm, constructs),
      // The items of a fleet's table, and what stands in them.
      ...all(/^const [A-Z]+ = '(\w+)';$/gm, sources('lambda/fleet/table')), ...all(/^\s+readonly (\w+)\??:/gm, sources('lambda/fleet')),
      'ConfirmCommand', 'NextStep', 'QualysConnectorFunction', 'Registration', 'Function', 'DailyRun', 'Schedule', 'AWSCURRENT', 'AWSPENDING', 'LIMIT_EXCEEDED', 'null', 'reason',
    ];
    const named = all(/`([A-Za-z]\w+)(?:\.\w+)?`/g, text);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((word) => !known.includes(word))).toEqual([]);
    const ids = resourcesOf(everything(new Stack(new App(), 'Stack'))).map(({ logicalId }) => logicalId).join(' ');
    for (const part of ['QualysConnectorFunction', 'FleetFunction', 'Registration', 'RotationDailyRun', 'MonitoringSchedule', 'FleetSchedule']) expect(ids).toContain(part);
  });

  test('headings that one refers to are there, and so is what a reason begins with', () => {
    for (const heading of ['AwaitingConsole', 'ForeignKeys', 'BaseAccountMissing', 'HeartbeatMissing', 'Problems']) expect(headings.some((one) => one.endsWith(`: ${heading}`))).toBe(true);
    for (const words of ['the event asks for', 'stopped for all accounts: ', 'accounts have left at the same time']) expect([words, code.includes(words), text.includes(words.trim())]).toEqual([words, true, true]);
  });
});

test.each(alarms.map(({ heading, section }) => [heading, section]))('%s has its four parts, in order', (_, section) => {
  expect([...section.matchAll(/^\*\*(Is anything broken now\?|Look\.|Fix\.|Afterwards\.)\*\*/gm)].map(([, part]) => part)).toEqual(['Is anything broken now?', 'Look.', 'Fix.', 'Afterwards.']);
});

describe('commands', () => {
  /** In the blocks, and in the text. */
  const commandsIn = (part: string) => [...part.matchAll(/```sh\n([^]*?)```/g)].flatMap(([, block]) => block!.split('\n')).map((line) => line.trim()).concat([...part.matchAll(/`(aws [^`]+)`/g)].map(([, command]) => command!));
  const all = commandsIn(text).filter((line) => line.includes('aws '));

  /** Words as a shell makes them; what a variable stands for is not known. */
  function words(line: string): string[] {
    const found = [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single));
    const end = found.findIndex((word) => word === '>');
    return end < 0 ? found : found.slice(0, end);
  }

  const check = (python: string, lines: string[][]): string[] => (
    JSON.parse(execFileSync(python, [join(__dirname, 'runbook', 'check_commands.py')], { input: JSON.stringify(lines), encoding: 'utf8' })));

  test('are what the AWS CLI takes: services, operations, options and what each has to have', async () => {
    expect(all.length).toBeGreaterThan(30);
    const python = await ensureVenv();
    expect(check(python, all.map(words))).toEqual([]);
    const wrong = ['aws iam list-keys', 'aws events enable-rule', 'aws events enable-rule --name', 'aws s4 ls', 'aws iam get-role --role-name a --query "["', 'aws iam update-access-key --access-key-id a --status Off'];
    expect(check(python, wrong.map(words).filter((line) => line.length > 3))).toHaveLength(3);
  }, 300_000);

  test('that look only read', () => {
    const looks = alarms.flatMap(({ section }) => commandsIn(/\*\*Look\.\*\*([^]*?)\*\*Fix\.\*\*/.exec(section)![1]!)).filter((line) => line.startsWith('aws '));
    expect(looks.length).toBeGreaterThan(20);
    expect(looks.filter((line) => !/^aws [\w-]+ (describe|list|get|lookup|filter)-[\w-]+ /.test(line))).toEqual([]);
  });

  test('have every variable that they take', () => {
    const given = [...text.matchAll(/^([A-Z]+)=/gm)].map(([, name]) => name!);
    const taken = all.flatMap((line) => [...line.matchAll(/\$([A-Z]+)/g)].map(([, name]) => name!));
    expect([...new Set(taken)].filter((name) => !given.includes(name))).toEqual([]);
  });
});
