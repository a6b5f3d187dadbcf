import { difference } from '../../support/synth/difference';
import { templateOf } from '../../support/upgrades/freeze';
import { APPS } from '../../support/upgrades/later-apps';
import { stored, STORED } from '../../support/upgrades/stored';
import { waits } from '../../support/upgrades/waits';

/*
 * All that an update of the library changes in a stack whose code stays as it is. Each change is one that a user reads in `cdk diff`, and
 * is listed here with its reason; nothing else may change.
 */
const LISTED: ReadonlyArray<[path: RegExp, reason: string]> = [
  [/^Resources\.BaseAccountUserPolicy\w+\.Properties\.Groups$/, 'the policy names the group, so that `cdk diff` lists its statements'],
  [/^Resources\.BaseAccountUserGroup\w+\.Properties(\.ManagedPolicyArns)?$/, 'and not the group the policy'],
  [/^Resources\.BaseAccountUserFunction\w+\.Properties\.Environment$/, 'the function that removes keys knows the record of the registration'],
  [/^Resources\.BaseAccountUserAccess\w+\.Properties\.PolicyDocument\.Statement\.[34]$/, 'and may read it'],
  [/\.PolicyDocument\.Statement\.2\.Condition\.ForAllValues:StringEquals\.aws:TagKeys\.1$/, 'a Delete notes on the secret that the keys are to go'],
  [/^Resources\.BaseAccountRegistrationFunction\w+\.Properties\.Environment\.Variables\.(REGISTRATION\.Fn::Join\.1\.2|TITLE)$/, 'the title stands apart, so that a diff shows it as one line'],
  [/^Resources\.BaseAccountRegistrationAccess\w+\.Properties\.PolicyDocument\.Statement\.[23]\.Resource$/, 'a Delete leaves a note beside the record'],
  [/^Resources\.BaseAccountRegistration7B9AACB2\.Properties\.(DeletionProtection|DeletesFormerUser)$/, 'the deletion is guarded'],
  [/^Resources\.TrustAccess\w+\.Properties\.PolicyDocument\.Statement\.2$/, 'the function looks whether the stack still has a resource'],
  // Since 2026-11-25: what a function may be asked for stands in its environment, and a person can make it look.
  [/^Resources\.(BaseAccount(User|Registration)|QualysConnector|Trust)Function\w+\.Properties\.Environment(\.Variables\.(STACK|ACCESS_KEY))?$/, 'a function knows its stack, and what it may be asked for'],
  [/^Resources\.BaseAccountRegistrationFunction\w+\.Properties\.Environment\.Variables\.REGISTRATION\.Fn::Join\.1\.[68]$/, 'and the registration whether its deletion is protected'],
  [/^Resources\.BaseAccountUserAccess\w+\.Properties\.PolicyDocument\.Statement\.0\.Action\.3$/, 'it looks whether a key is used before it takes it for one that was lost'],
  [/^Resources\.QualysConnectorNotes\w+$/, 'which connectors are ours is noted in Parameter Store'],
  [/^Resources\.BaseAccountRegistrationDailyRun(Invocation)?[0-9A-F]{8}$/, 'where a person may enter the key, a daily run looks for it without rotation, too'],
  // Since 2026-11-29.
  [/^Resources\.Alarms\w+\.Properties\.AlarmDescription$/, 'an alarm names the heading of RUNBOOK.md'],
  [/^Resources\.AlarmsForeignKeys\w+$/, 'somebody hears of a key that the library has not made'],
  [/^Resources\.\w+\.DependsOn\.\d+$/, 'no resource waits twice for what it refers to'],
  [/^Resources\.(Fleet|Monitoring|ConnectorAlarms)\w+\.Properties\.(Alarm)?Description$/, 'shorter texts'],
  [/^Outputs(\.ConfirmCommand)?$/, 'the command that makes the functions of the stack look now'],
];

const changes = ([shape, app]: [string, string]): string[] => Object.keys(difference(stored(shape, app), templateOf(APPS[app]!)));

test.each(STORED)('the shape of %s, app %s, changes by nothing that is not listed (fault 68)', (shape, app) => {
  expect(changes([shape, app]).filter((path) => !LISTED.some(([pattern]) => pattern.test(path)))).toEqual([]);
});

test.each(STORED)('each resource of the shape of %s, app %s, waits for all that it waited for (fault 68)', (shape, app) => {
  const [before, after] = [waits(stored(shape, app)), waits(templateOf(APPS[app]!))];
  const lost = [...before].flatMap(([id, needed]) => [...needed].filter((other) => after.has(other) && after.get(id)?.has(other) === false).map((other) => `${id} for ${other}`));
  // The policy names the group now, and not the group the policy.
  expect(lost.filter((one) => !/ for BaseAccountUserPolicy\w+$/.test(one))).toEqual([]);
});

test('nothing is listed that no shape shows', () => {
  const all = STORED.flatMap(changes);
  expect(LISTED.filter(([pattern]) => !all.some((path) => pattern.test(path)))).toEqual([]);
});
