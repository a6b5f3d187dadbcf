import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { appWithoutFlags } from '../synth/world';

export type Apps = Readonly<Record<string, (stack: Stack) => void>>;

/** A template without what changes with every edit of a handler. */
export function templateOf(build: (stack: Stack) => void): any {
  const stack = new Stack(appWithoutFlags(), 'CentralSecurity', { env: { account: '111111111111', region: 'us-east-1' } });
  build(stack);
  return JSON.parse(JSON.stringify(Template.fromStack(stack).toJSON()).replace(/[0-9a-f]{64}/g, '<hash>'));
}

export function freeze(shape: string, apps: Apps): void {
  const folder = join(__dirname, '..', '..', 'fixtures', 'templates', shape);
  mkdirSync(folder, { recursive: true });
  for (const [name, build] of Object.entries(apps)) writeFileSync(join(folder, `${name}.template.json`), `${JSON.stringify(templateOf(build), undefined, 1)}\n`);
}
