import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { everything } from '../support/apps/everything';
import { readValidationReport } from '../support/package/validation-report';

/* The newest AWS CDK validates the templates of a new app. What it finds ends the synthesis with an error. */
const outdir = mkdtempSync(join(tmpdir(), 'validated-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

/** The rules that find something. */
function findings(name: string, build: (app: App) => void): string[] {
  const { exitCode } = process;
  const { CDK_VALIDATION } = process.env;
  delete process.env.CDK_VALIDATION;
  try {
    const app = new App({ outdir: join(outdir, name) });
    build(app);
    try {
      app.synth();
    } catch (error) {
      if (!/validation/i.test((error as Error).message)) throw error;
    }
    return readValidationReport(join(outdir, name)).open.map(({ rule }) => rule);
  } finally {
    process.exitCode = exitCode;
    process.env.CDK_VALIDATION = CDK_VALIDATION;
  }
}

test('it looks: a stack without a resource is found', () => {
  expect(findings('empty', (app) => { new Stack(app, 'Empty'); })).toEqual(['F0001']);
});

test.each([undefined, { account: '111122223333', region: 'us-east-1' }, { account: '111122223333', region: 'us-gov-west-1' }, { account: '111122223333', region: 'cn-north-1' }])(
  'nothing is found in one of each construct, in %j', (env) => {
    expect(findings(env?.region ?? 'anywhere', (app) => { everything(new Stack(app, 'Everything', { env })); })).toEqual([]);
  });
