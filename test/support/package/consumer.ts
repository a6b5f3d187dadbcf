import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { packages } from './packages';
import { tool } from './tool';

/**
 * A project of a user: a copy of a folder, outside of the repository, so that nothing of the source tree can be found
 * from there by accident.
 */
export class Consumer {
  public readonly folder = mkdtempSync(join(tmpdir(), 'cdk-qualys-connectors-'));

  constructor(project: string) {
    cpSync(project, this.folder, { recursive: true, filter: (source) => basename(source) !== 'node_modules' });
  }

  /** Installs the packed tarball, and further packages, beside what the project's package.json, and its lock if there is one, ask for; what npm said. */
  public installTarball(further: readonly string[] = []): Promise<string> {
    return this.run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', packages.npm(), ...further]);
  }

  public run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    return tool(this.folder, command, args, env);
  }

  /** Runs a command that synthesizes; the folder of the cloud assembly. */
  public async synthesize(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    const assembly = mkdtempSync(join(this.folder, 'cdk.out-'));
    await this.run(command, args, { ...env, CDK_OUTDIR: assembly });
    return assembly;
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
