import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppStory } from './demo/app-story';
import { Report } from './demo/report';
import { AppStage } from './stage/app/app-stage';
import { PATIENCE } from './stage/stage';
import { NODE_MODULES, REPOSITORY } from '../support/emulator/repository';

/** What `npm run demo -- --app` does, with an app that nobody has prepared for it: it names a platform of the vendor, a login, three accounts. */
jest.setTimeout(PATIENCE);
const folder = join(REPOSITORY, '.emulator', 'any-app-test');
const written: string[] = [];
const report = new Report({ isTTY: false, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream);
let stage: AppStage;

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  stage = await AppStage.start({
    folder, app: `${NODE_MODULES}/.bin/tsx --tsconfig ${REPOSITORY}/test/tsconfig.json app.ts`, cwd: join(REPOSITORY, 'examples', 'three-accounts'),
  });
});

afterAll(async () => {
  await stage.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('it is deployed as it is, a person enters the key, and each connector is run', async () => {
  const story = new AppStory(stage, report);
  expect(story.setting('app.ts', 'three-accounts')).toBe(true);
  await story.deploy();
  expect(stage.service.baseAccounts()).toEqual([]);
  await story.confirm();
  expect(report.failures).toEqual([]);
  const text = written.join('');
  for (const part of [
    'in the place of qualysapi.qg2.apps.qualys.com', 'stack                Production, in 222222222222', 'the secret qualys/api-user in 111111111111',
    'At the console a person enters "Central Security", AWS account 111111111111', 'REGISTERED: the Global base account at qualysapi.qg2.apps.qualys.com',
    '✓ Production: arn:aws:iam::222222222222:role/QualysConnector assumed by the base account',
    '✓ Development: arn:aws:iam::333333333333:role/QualysConnector assumed by the base account',
  ]) expect(text).toContain(part);
});
