import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrustMap } from '../../../src/review/trust-map';

/** A stack as the manifest of an assembly has it. */
export interface GivenStack {
  readonly template: object;
  /** `aws://111122223333/us-east-1` where nothing is given. */
  readonly environment?: string;
  readonly stackName?: string;
  readonly assets?: Readonly<Record<string, string>>;
}

type Files = Readonly<Record<string, object | string>>;

/** Reads what stands in a folder like one that `cdk synth` writes. */
export function readFolder<T>(stacks: Readonly<Record<string, GivenStack>>, files: Files, read: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'trust-map-'));
  const write = (name: string, content: object | string) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  };
  try {
    write('manifest.json', {
      version: '54.0.0',
      artifacts: Object.fromEntries(Object.entries(stacks).map(([id, { environment = `aws://${HERE}/us-east-1`, stackName }]) => [id, {
        type: 'aws:cloudformation:stack', environment, properties: { templateFile: `${id}.template.json`, ...stackName !== undefined && { stackName } },
      }])),
    });
    for (const [id, { template, assets = {} }] of Object.entries(stacks)) {
      write(`${id}.template.json`, template);
      write(`${id}.assets.json`, { files: Object.fromEntries(Object.entries(assets).map(([hash, path]) => [hash, { source: { path } }])) });
    }
    for (const [name, content] of Object.entries(files)) write(name, content);
    return read(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const HERE = '222233334444';

/** The map of hand-written templates. */
export function mapOf(stacks: Readonly<Record<string, GivenStack>>, files: Files = {}): TrustMap {
  return readFolder(stacks, files, (folder) => TrustMap.fromAssembly(folder));
}

/** The map of one role with this trust policy in a template with these further parts. */
export function mapOfTrust(document: unknown, template: object = {}, properties: object = {}): TrustMap {
  const role = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'QualysConnector', AssumeRolePolicyDocument: document, ...properties } };
  const { Resources = {}, ...others } = template as { readonly Resources?: object };
  return mapOf({ Stack: { template: { ...others, Resources: { ConnectorRole66C77A94: role, ...Resources } } } });
}

export const QUALYS_ROOT = 'arn:aws:iam::805950163170:root';
export const EXTERNAL_ID = '83172650944188230571';

/** A statement that lets in the Qualys account, with these changes. */
export function statement(changes: object = {}): Record<string, unknown> {
  return { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: QUALYS_ROOT }, Condition: { StringEquals: { 'sts:ExternalId': EXTERNAL_ID } }, ...changes };
}
