import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, string>>;
}
export interface Template { readonly Resources?: Readonly<Record<string, Resource>> }

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string; readonly directoryName?: string };
}

/** A stack of a cloud assembly. Where it names no account or region, it is in those of the CLI. */
export interface AssemblyStack {
  readonly path: string;
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  /** Its own and those of its nested stacks. */
  readonly templates: readonly Template[];
}

/** Where stacks without an environment go. */
export interface DefaultEnvironment { readonly account: string; readonly region: string }

/** The stacks of an app, those of its `Stage`s too. */
export function stacksOf(folder: string, elsewhere: DefaultEnvironment): AssemblyStack[] {
  const { artifacts = {} } = read(join(folder, 'manifest.json')) as { artifacts?: Record<string, Artifact> };
  return Object.entries(artifacts).flatMap(([id, { type, environment = '', displayName, properties = {} }]) => {
    if (type === 'cdk:cloud-assembly') return stacksOf(join(folder, properties.directoryName!), elsewhere);
    if (type !== 'aws:cloudformation:stack') return [];
    const [account = '', region = ''] = environment.replace('aws://', '').split('/');
    return [{
      path: displayName ?? id,
      stackName: properties.stackName ?? id,
      account: account === 'unknown-account' ? elsewhere.account : account,
      region: region === 'unknown-region' ? elsewhere.region : region,
      templates: withNested(folder, properties.templateFile!),
    }];
  });
}

/** What a value of a template is as text, where the stack alone tells: none where it takes another resource. */
export function textOf(value: unknown, { account, region }: DefaultEnvironment): string | undefined {
  if (typeof value === 'string') return value;
  const { Ref: name, 'Fn::Join': joined } = (value ?? {}) as { 'Ref'?: string; 'Fn::Join'?: [string, unknown[]] };
  if (joined !== undefined) {
    const parts = joined[1].map((part) => textOf(part, { account, region }));
    return parts.includes(undefined) ? undefined : parts.join(joined[0]);
  }
  const known: Readonly<Record<string, string>> = {
    'AWS::AccountId': account, 'AWS::Region': region, 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com',
  };
  return known[name ?? ''];
}

function withNested(folder: string, file: string): Template[] {
  const template = read(join(folder, file)) as Template;
  const nested = Object.values(template.Resources ?? {})
    .filter(({ Type }) => Type === 'AWS::CloudFormation::Stack')
    .flatMap(({ Metadata }) => Metadata?.['aws:asset:path'] ?? []);
  return [template, ...nested.flatMap((path) => withNested(folder, path))];
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
