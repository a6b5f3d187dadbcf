import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bill, Shipped } from '../../projenrc/package/sbom';
import { assetDefects } from '../../projenrc/package/tarball';

const root = join(__dirname, '..', '..');

describe('a tarball', () => {
  const sources = ['access-key.lambda.ts', 'connector.lambda.ts', 'keys'];
  const asset = (name: string) => [`assets/lambda/${name}.lambda/index.js`, `assets/lambda/${name}.lambda/THIRD-PARTY-NOTICES`];
  const whole = ['package.json', 'lib/index.js', ...asset('access-key'), ...asset('connector')];

  test('with the code and the licences of each handler can be published', () => {
    expect(assetDefects(whole, sources)).toEqual([]);
  });

  test.each(whole.slice(2))('without %s cannot', (missing) => {
    expect(assetDefects(whole.filter((file) => file !== missing), sources)).toEqual([`${missing} is missing: run 'npm run bundle'`]);
  });

  test('with the code of a handler that is gone cannot', () => {
    expect(assetDefects([...whole, 'assets/lambda/gone.lambda/index.js'], sources)).toEqual([expect.stringMatching(/^assets\/lambda\/gone\.lambda\/index\.js belongs to no/)]);
  });
});

describe('the bill of materials', () => {
  const rule = '-'.repeat(80);
  const shipped: Shipped = {
    tarball: Buffer.from('packed'),
    manifest: { name: 'library', version: '1.2.3', description: 'What it is', license: 'Apache-2.0', peerDependencies: { 'aws-cdk-lib': '^2.1.0' } },
    notices: [`Head.\n\n${rule}\nzod 4.0.0 (MIT)\n${rule}\n\nText\n`, `Head.\n\n${rule}\nzod 4.0.0 (MIT)\n${rule}\n\nText\n`],
    locked: (name) => ({ 'zod': { version: '4.0.0', integrity: 'sha512-AAEC' }, 'aws-cdk-lib': { version: '2.1.0', license: 'Apache-2.0' } })[name]!,
  };

  test('names the tarball by its hash, what is bundled once, and the peers', () => {
    expect(bill(shipped)).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      metadata: { component: { purl: 'pkg:npm/library@1.2.3', hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }] } },
      components: [
        { purl: 'pkg:npm/zod@4.0.0', licenses: [{ expression: 'MIT' }], hashes: [{ alg: 'SHA-512', content: '000102' }] },
        { purl: 'pkg:npm/aws-cdk-lib@2.1.0', licenses: [{ expression: 'Apache-2.0' }], description: expect.stringContaining('^2.1.0') },
      ],
      dependencies: [{ ref: 'pkg:npm/library@1.2.3', dependsOn: ['pkg:npm/zod@4.0.0', 'pkg:npm/aws-cdk-lib@2.1.0'] }, {}, {}],
    });
  });

  test('is the same for the same tarball, and another for another', () => {
    expect(bill(shipped)).toEqual(bill(shipped));
    const { serialNumber } = bill(shipped) as { readonly serialNumber: string };
    expect(serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(bill({ ...shipped, tarball: Buffer.from('another') })).not.toMatchObject({ serialNumber });
  });

  test('is refused for code that is not what is locked', () => {
    expect(() => bill({ ...shipped, locked: () => ({ version: '4.0.1' }) })).toThrow('zod 4.0.0 is bundled, but package-lock.json has 4.0.1');
  });
});

test('packing leaves what a release has put into dist/', () => {
  const { tasks } = JSON.parse(readFileSync(join(root, '.projen', 'tasks.json'), 'utf8'));
  const removed: string[] = tasks['packages:pack'].steps.flatMap(({ exec = '' }) => /^rm -rf (.*)$/.exec(exec)?.[1]?.split(' ') ?? []);
  expect(removed.sort()).toEqual(['dist/dotnet', 'dist/go', 'dist/java', 'dist/js', 'dist/python']);
});

test('what publishes is locked, by versions and hashes, without the address of a registry', () => {
  const folder = join(root, '.github', 'publishers');
  const json = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const { '': own, ...others } = json('package-lock.json').packages;
  expect(own.dependencies).toEqual(json('package.json').dependencies);
  expect(Object.values<string>(own.dependencies)).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
  expect(Object.values<{ integrity: string; resolved?: string }>(others).filter(({ integrity, resolved }) => !integrity || resolved)).toEqual([]);
  const constraints = readFileSync(join(folder, 'constraints.txt'), 'utf8').trim().split('\n').slice(1);
  expect(constraints.filter((line) => !/^[\w.-]+==[\w.]+$/.test(line))).toEqual([]);
  expect(constraints).toEqual(expect.arrayContaining([expect.stringMatching(/^twine==/), expect.stringMatching(/^pypi-attestations==/), expect.stringMatching(/^id==/)]));
  expect(readdirSync(folder).sort()).toEqual(['constraints.txt', 'package-lock.json', 'package.json']);
});
