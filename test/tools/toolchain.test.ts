import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Manifest } from 'aws-cdk-lib/cloud-assembly-schema';
import { everything } from '../support/apps/everything';
import { stackIn } from '../support/synth/policies';

const root = join(__dirname, '..', '..');
const json = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

describe('the AWS CDK CLI (fault 77)', () => {
  test('is pinned to one version, which the lock file has too', () => {
    const { 'aws-cdk': wanted } = json('package.json').devDependencies;
    expect(wanted).toMatch(/^2\.\d+\.\d+$/);
    expect(json('package-lock.json').packages['node_modules/aws-cdk'].version).toBe(wanted);
    expect(json('node_modules/aws-cdk/package.json').version).toBe(wanted);
  });

  test('reads the assemblies that the library makes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
    try {
      const app = new App({ outdir: folder });
      everything(stackIn(undefined, 'Everything', app));
      app.synth();
      expect(Manifest.loadAssemblyManifest(join(folder, 'manifest.json')).version).toBeDefined();
      const listed = execFileSync(process.execPath, [join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk'), 'list', '--app', folder], { encoding: 'utf8', cwd: folder });
      expect(listed.trim()).toBe('Everything');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
