import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Place, UNKNOWN_PLACE } from './scope';
import { isAccountId } from '../model';

interface Manifest {
  readonly artifacts?: Readonly<Record<string, {
    readonly type: string;
    readonly environment?: string;
    readonly properties?: { readonly templateFile?: string; readonly stackName?: string; readonly directoryName?: string };
  }>>;
}

/**
 * The stacks of an assembly and of those within it; `folder` is that of one within it, with a `/` at its end. Files are named by their paths
 * below the outermost assembly, with `/` on every system.
 */
export function stacksOf(root: string, folder = ''): { readonly file: string; readonly place: Place }[] {
  const manifest = readJson(join(root, folder, 'manifest.json'), 'a cloud assembly has a manifest.json: give the folder that `cdk synth` writes') as Manifest;
  return Object.entries(manifest.artifacts ?? {}).flatMap(([id, { type, environment = '', properties = {} }]) => {
    if (type === 'cdk:cloud-assembly' && properties.directoryName !== undefined) return stacksOf(root, `${folder}${properties.directoryName}/`);
    if (type !== 'aws:cloudformation:stack' || properties.templateFile === undefined) return [];
    const [, account = '', region = ''] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment) ?? [];
    const place = {
      account: isAccountId(account) ? account : UNKNOWN_PLACE.account,
      region: /^(unknown-.*)?$/s.test(region) ? UNKNOWN_PLACE.region : region,
      partition: RegionInfo.get(region).partition ?? UNKNOWN_PLACE.partition,
      stackName: properties.stackName ?? id,
    };
    return [{ file: `${folder}${properties.templateFile}`, place }];
  });
}

/** The templates among the assets of a stack, by their hash. */
export function templatesIn(root: string, stackFile: string): Map<string, string> {
  const manifest = join(root, stackFile.replace(/\.template\.json$/, '.assets.json'));
  const { files = {} } = (existsSync(manifest) ? readJson(manifest, 'it lists the assets of a stack') : {}) as { files?: Record<string, { source?: { path?: string } }> };
  const folder = stackFile.slice(0, stackFile.lastIndexOf('/') + 1);
  return new Map(Object.entries(files).flatMap(([hash, { source }]) => (source?.path?.endsWith('.json') ? [[hash, `${folder}${source.path}`]] : [])));
}

/** Throws one sentence that names the file. */
export function readJson(path: string, hint: string): unknown {
  return parsedJson(readText(path, hint), path, hint);
}

export function readText(path: string, hint: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): ${hint}`);
  }
}

export function parsedJson(text: string, path: string, hint: string): unknown {
  const value = jsonIn(text);
  if (value === undefined) throw new Error(`${path} is no JSON: ${hint}`);
  return value;
}

export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
