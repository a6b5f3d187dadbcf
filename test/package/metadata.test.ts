import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODE_MODULES } from '../support/emulator/repository';
import { isDotnetThere } from '../support/package/languages';
import { PACKAGE, packages } from '../support/package/packages';
import { tool } from '../support/package/tool';
import { commentDefects } from '../support/package/translations';

const { license, description } = PACKAGE;
const repository: string = PACKAGE.repository.url;
const folder = mkdtempSync(join(tmpdir(), 'metadata-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The one file of a name below a folder. */
function find(root: string, name: RegExp): string {
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => name.test(file));
  expect(found).toHaveLength(1);
  return readFileSync(join(root, found[0]!), 'utf8');
}

describe('the npm tarball', () => {
  const unpacked = join(folder, 'package');
  beforeAll(async () => {
    await tool(folder, 'tar', ['-xzf', packages.npm()]);
    symlinkSync(NODE_MODULES, join(folder, 'node_modules'));
  });

  test('says what it is, and is found by Construct Hub', () => {
    const { keywords, author, stability, ...manifest } = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: PACKAGE.name, license: 'Apache-2.0', description: expect.stringMatching(/^AWS CDK constructs for Qualys/) });
    expect(manifest.repository.url).toMatch(new RegExp(`/${PACKAGE.name}\\.git$`));
    expect(author).toEqual({ name: PACKAGE.name, organization: true });
    expect(keywords).toEqual(expect.arrayContaining(['cdk', 'awscdk', 'qualys']));
    expect(Object.keys(JSON.parse(readFileSync(join(unpacked, '.jsii'), 'utf8')).targets).sort()).toEqual(['dotnet', 'go', 'java', 'js', 'python']);
  });

  test('brings nothing along: no dependency, no script that runs at installation', () => {
    const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).not.toHaveProperty('bundledDependencies');
    expect(Object.keys(manifest.peerDependencies)).toEqual(['aws-cdk-lib', 'constructs']);
    expect(Object.keys(manifest.scripts).filter((name) => /^(pre|post)?(install|prepare|pack)$/.test(name))).toEqual([]);
  });

  // Construct Hub translates as this command does: in the unpacked tarball, with its peers within reach.
  test.each(['python', 'java', 'csharp', 'go'])('its examples read in %s as ones that compiled', async (language) => {
    await tool(unpacked, join(NODE_MODULES, '.bin', 'jsii-rosetta'), ['transliterate', '.', '--strict', '--language', language]);
    const translated = readFileSync(join(unpacked, `.jsii.${language}`), 'utf8');
    const { readme } = JSON.parse(translated);
    // A comment above a bare `new X(...)` is written twice, and one at the end of a line is dropped.
    expect(commentDefects(JSON.parse(readFileSync(join(unpacked, '.jsii'), 'utf8')), JSON.parse(translated))).toEqual([]);
    expect(translated).not.toMatch(/non-compiling source|May contain errors/);
    expect(readme.markdown).toContain({
      python: 'user_name="qualys-base-account"',
      java: '.userName("qualys-base-account")',
      csharp: 'UserName = "qualys-base-account"',
      go: 'UserName: jsii.String("qualys-base-account")',
    }[language]);
  });
});

test('the Python wheel names its licence, its source and the AWS CDK', async () => {
  await tool(folder, 'python3', ['-m', 'zipfile', '-e', packages.wheel(), 'wheel']);
  const metadata = find(join(folder, 'wheel'), /METADATA$/);
  expect(metadata.split('\n')).toEqual(expect.arrayContaining([
    `License: ${license}`, `Summary: ${description}`, `Project-URL: Source, ${repository}`, 'Classifier: Framework :: AWS CDK :: 2', `# ${PACKAGE.name}`,
  ]));
});

test('the Java package names its licence and its source', () => {
  const pom = find(packages.java(), /\.pom$/);
  expect(pom).toContain('<name>Apache License 2.0</name>');
  expect(pom).toContain(`<description>${description}</description>`);
  expect(pom).toContain(`scm:git:${repository}`);
});

test('the Go module has its licence beside it', () => {
  expect(find(packages.go(), /^go\.mod$/)).toContain(`module ${PACKAGE.jsii.targets.go.moduleName}/`);
  expect(find(packages.go(), /^LICENSE$/)).toContain('Apache License');
});

test('the project file of the C# sources names its licence and its source', () => {
  const project = find(packages.csharp(), /\.csproj$/);
  expect(project).toContain(`<PackageLicenseExpression>${license}</PackageLicenseExpression>`);
  expect(project).toContain(`<Description>${description}`);
  expect(project).toContain(`<RepositoryUrl>${repository}</RepositoryUrl>`);
  const tags: string[] = /<PackageTags>(.*)<\/PackageTags>/.exec(project)![1]!.split(';');
  expect(tags).toEqual(expect.arrayContaining(['qualys', 'access-key', 'base-account']));
  expect(tags.filter((tag) => /\s/.test(tag))).toEqual([]);
});

(isDotnetThere() ? test : test.skip)('the NuGet package has the README in it', async () => {
  await tool(folder, 'python3', ['-m', 'zipfile', '-e', packages.nuget(), 'nuget']);
  expect(find(join(folder, 'nuget'), /\.nuspec$/)).toContain('<readme>README.md</readme>');
  expect(find(join(folder, 'nuget'), /^README\.md$/)).toContain(`# ${PACKAGE.name}`);
});

test('the bill of materials is that of the tarball, and names what is bundled', () => {
  const { metadata, components } = JSON.parse(readFileSync(packages.billOfMaterials(), 'utf8'));
  expect(metadata.component.hashes[0].content).toBe(createHash('sha512').update(readFileSync(packages.npm())).digest('hex'));
  expect(components.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['zod', ...Object.keys(PACKAGE.peerDependencies)]));
});
