import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { isAccountId } from '../model';

/** A stack as the manifest of a cloud assembly has it. */
export interface StackArtifact {
  /** The stack's template, and the assembly in which the stack stands: paths below the outermost assembly, with `/` on every system. */
  readonly file: string;
  readonly folder: string;
  readonly stackName: string;
  readonly account?: string;
  readonly region?: string;
}

interface Manifest {
  readonly artifacts?: Readonly<Record<string, {
    readonly type: string;
    readonly environment?: string;
    readonly properties?: { readonly templateFile?: string; readonly stackName?: string; readonly directoryName?: string };
  }>>;
}

/** The stacks of an assembly and of those within it; `folder` is that of one within it, with a `/` at its end. */
export function stacksOf(root: string, folder = ''): StackArtifact[] {
  const manifest = readJson(join(root, folder, 'manifest.json'), 'a cloud assembly has a manifest.json: give the folder that `cdk synth` writes') as Manifest;
  return Object.entries(manifest.artifacts ?? {}).flatMap(([id, { type, environment = '', properties = {} }]) => {
    if (type === 'cdk:cloud-assembly' && properties.directoryName !== undefined) return stacksOf(root, `${folder}${properties.directoryName}/`);
    if (type !== 'aws:cloudformation:stack' || properties.templateFile === undefined) return [];
    const [, account = '', region = ''] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment) ?? [];
    return [{
      file: `${folder}${properties.templateFile}`,
      folder,
      stackName: properties.stackName ?? id,
      account: isAccountId(account) ? account : undefined,
      region: /^unknown-/.test(region) ? undefined : region,
    }];
  });
}

/** Finds the template that a nested stack or a stack set refers to by the hash of its asset. */
export class AssetFiles {
  private readonly files = new Map<string, string>();

  public constructor(private readonly root: string, private readonly folder: string) {}

  /** By any text that has the hash in it. */
  public templateOf(text: string, stackFile: string): string | undefined {
    const hash = /[0-9a-f]{64}/.exec(text)?.[0];
    return hash === undefined ? undefined : this.byHash(stackFile).get(hash);
  }

  private byHash(stackFile: string): Map<string, string> {
    const manifest = join(this.root, stackFile.replace(/\.template\.json$/, '.assets.json'));
    if (this.files.has(manifest) || !existsSync(manifest)) return this.files;
    this.files.set(manifest, manifest);
    const { files = {} } = readJson(manifest, 'it lists the assets of a stack') as { files?: Record<string, { source?: { path?: string } }> };
    for (const [hash, { source }] of Object.entries(files)) if (source?.path?.endsWith('.json')) this.files.set(hash, `${this.folder}${source.path}`);
    return this.files;
  }
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
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(`${path} is no JSON: ${hint}`);
  }
}
