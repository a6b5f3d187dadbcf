import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrustMap } from '../../../src/review/trust-map';
import { TSX } from '../../support/apps/examples';
import { mapOf, mapOfTrust, readFolder, statement } from '../../support/review/assemblies';
import { HOSTILE, HOSTILE_STACK } from '../../support/review/hostile-names';

/* Three renderings of one model, whatever a name holds. */

describe('with hostile names', () => {
  const map = mapOf({ Stack: HOSTILE_STACK });

  test('Markdown holds no raw tag, and five columns in every row', () => {
    const markdown = map.toMarkdown();
    const table = markdown.slice(markdown.indexOf('| Role |')).split('\n\n')[0]!.split('\n');
    expect(table.map((line) => line.split('|').length)).toEqual(table.map(() => 7));
    expect(table.length).toBe(HOSTILE.length + 2);
    expect(markdown.replace(/<br\/>/g, '').match(/<[a-z!/]/gi)).toBeNull();
    expect(markdown).not.toMatch(/[\u202a-\u202e\u200b]/);
    expect(markdown).not.toMatch(/\]\(|https:\/\//);
    expect(table.join('\n')).not.toContain('@someone');
  });

  test('Mermaid holds no label that ends early, and labels of 48 characters at most', () => {
    const picture = map.toMarkdown().split('```')[1]!.split('\n').slice(2);
    for (const line of picture.filter((one) => one.includes('['))) {
      expect(line).toMatch(/^ {2}\w+(\["[^"[\]{}<>%|`\\]*(<br\/>[^"[\]{}<>%|`\\]*)*"\]|\(\["[^"]*"\]\))(:::\w+)?$/);
      for (const label of line.split(/<br\/>|"/).slice(1, -1)) expect([...label.replace(/#\d+;/g, '.')].length).toBeLessThanOrEqual(48);
    }
  });

  test('HTML holds no script, no handler, no address and nothing unescaped', () => {
    const page = map.toHtml();
    expect(page).not.toMatch(/<script|<img|https?:\/\/|javascript:|url\(|@import/i);
    expect(page).not.toMatch(/<[^>]*\son\w+=/i);
    expect(page).not.toMatch(/[\u202a-\u202e\u200b]/);
    const tags = new Set([...page.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, tag]) => tag));
    expect([...tags].sort()).toEqual(['a', 'b', 'body', 'code', 'desc', 'div', 'g', 'h1', 'h2', 'head', 'html', 'li', 'main', 'meta', 'nav', 'p', 'path', 'rect', 'section', 'style', 'svg',
      'table', 'tbody', 'td', 'text', 'th', 'thead', 'title', 'tr', 'ul'].filter((tag) => tags.has(tag)));
  });

  test('JSON comes back as it was', () => {
    const folder = mkdtempSync(join(tmpdir(), 'trust-map-'));
    map.write(folder);
    const again = TrustMap.fromFile(join(folder, 'trust-map.json'));
    expect(again.toJson()).toBe(map.toJson());
    expect(again.toMarkdown()).toBe(map.toMarkdown());
    expect(again.toHtml()).toBe(map.toHtml());
    expect(again.callersOf(HOSTILE[7]!)).toEqual(map.callersOf(HOSTILE[7]!));
    expect(map.toJson()).not.toMatch(/[\u202a-\u202e\u200b]/);
    rmSync(folder, { recursive: true });
  });
});

test('the three renderings list the same ways', () => {
  const map = mapOf({ Stack: { template: { Resources: { ...(mapTemplate(['a', 'b', 'c'])) } } } });
  const [json, markdown, page] = [JSON.parse(map.toJson()), map.toMarkdown(), map.toHtml()];
  const ways = json.roles.flatMap(({ name, ways: list }: any) => list.map(({ caller, only }: any) => [name, caller, only.join(', ')]));
  expect(ways).toHaveLength(6);
  for (const text of ways.flat()) expect([text, markdown.includes(text), page.includes(text)]).toEqual([text, true, true]);

  expect(markdown.match(/\| `[abc]` \|/g)).toHaveLength(3);
  expect(page.match(/class="way /g)).toHaveLength(6);
});

function mapTemplate(names: readonly string[]): Record<string, object> {
  return Object.fromEntries(names.map((name) => [`Role${name}`, {
    Type: 'AWS::IAM::Role',
    Properties: { RoleName: name, AssumeRolePolicyDocument: { Statement: [statement(), statement({ Principal: { AWS: '999988887777' }, Condition: { StringEquals: { 'sts:ExternalId': `id-of-${name}` } } })] } },
  }]));
}

test('what is wrong stands first, and no more than there is room for in the pictures', () => {
  const names = Array.from({ length: 30 }, (_, index) => `role${String(index).padStart(2, '0')}`);
  const template = { Resources: { ...mapTemplate(names), Bad: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'zz-bad', AssumeRolePolicyDocument: { Statement: [statement({ Condition: undefined })] } } } } };
  const map = mapOf({ Stack: { template } });
  const markdown = map.toMarkdown();
  expect(markdown.slice(markdown.indexOf('| Role |')).split('\n')[2]).toContain('zz-bad');
  expect(markdown).toContain('g0["zz-bad<br/>222233334444<br/>no external ID"]:::flawed');
  expect(markdown).toContain('rest["and 11 groups of roles more, in the table"]');
  expect(map.toHtml()).toContain('19 groups of roles more stand in the table.');
  expect(map.findings).toEqual(['zz-bad in 222233334444: no external ID is asked for']);
});

describe('equal bytes', () => {
  const names = ['One', 'Two', 'Three', 'Four'];
  const stacks = (order: readonly string[]) => Object.fromEntries(order.map((name, index) => [name, { template: { Resources: mapTemplate([name]) }, environment: `aws://11112222333${names.indexOf(name)}/us-east-1`, index }]));
  const files = (map: TrustMap) => [map.toMarkdown(), map.toHtml(), map.toJson()].join('\n');

  test('whatever the order of stacks', () => {
    expect(files(mapOf(stacks([...names].reverse())))).toBe(files(mapOf(stacks(names))));
  });

  test('whatever the time zone, the locale and the time', () => {
    readFolder(stacks(names), {}, (folder) => {
      const program = join(folder, 'read.ts');
      writeFileSync(program, `import { TrustMap } from '${join(__dirname, '..', '..', '..', 'src')}';\nconst map = TrustMap.fromAssembly(${JSON.stringify(folder)});\nprocess.stdout.write([map.toMarkdown(), map.toHtml(), map.toJson()].join('\\n'));\n`);
      const run = (env: object) => execFileSync(TSX, ['--tsconfig', join(__dirname, '..', '..', 'tsconfig.json'), program], { cwd: join(__dirname, '..', '..', '..'), env: { ...process.env, ...env }, encoding: 'utf8' });
      const wanted = files(TrustMap.fromAssembly(folder));
      expect(run({ TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' })).toBe(wanted);
      expect(wanted).not.toContain(folder);
      expect(wanted).not.toMatch(/20\d\d-\d\d|\d\d:\d\d/);
    });
  }, 60_000);
});

describe('what cannot be read or written is one sentence that names it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trust-map-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const map = mapOfTrust({ Statement: statement() });
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const HINT = 'it has to be a trust-map.json that this library wrote';

  test.each<[string, string, string]>([
    ['no JSON', '{', `is no JSON: ${HINT}`],
    ['null', 'null', `is no trust map: ${HINT}`],
    ['a list', '[]', `is no trust map: ${HINT}`],
    ['another schema', '{"schema":2}', 'has schema 2, and this version reads schema 1: write it anew with the version that reads it'],
    ['a part of one', '{"schema":1,"roles":[]}', `is no whole trust map: ${HINT}`],
    ['roles of another form', '{"schema":1,"roles":[{}],"keys":[],"entries":[],"grants":{},"read":{}}', `is no whole trust map: ${HINT}`],
  ])('a baseline that is %s', (name, text, message) => {
    const path = file(`${name}.json`, text);
    expect(() => TrustMap.fromFile(path)).toThrow(new Error(`${path} ${message}`));
  });

  test('a baseline that is not there', () => {
    const path = join(folder, 'none.json');
    expect(() => TrustMap.fromFile(path)).toThrow(new Error(`${path} cannot be read (ENOENT): ${HINT}`));
  });

  test('a folder without an assembly', () => {
    expect(() => TrustMap.fromAssembly(folder)).toThrow(`${join(folder, 'manifest.json')} cannot be read (ENOENT): a cloud assembly has a manifest.json: give the folder that \`cdk synth\` writes`);
  });

  test('a folder that cannot be made', () => {
    const path = join(file('taken', 'x'), 'below');
    expect(() => map.write(path)).toThrow(new Error(`the trust map cannot be written to ${path} (ENOTDIR): give a folder that can be made and written`));
  });

  test('a folder that is made and written again', () => {
    const path = join(folder, 'a', 'b');
    map.write(path);
    map.write(path, map);
    expect(readFileSync(join(path, 'trust-map.md'), 'utf8')).toContain('Nothing about who may become whom.');
    chmodSync(path, 0o755);
  });
});

test('thousands of roles are two groups, and pages of a size that people read', () => {
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => {
    const account = String(100000000000 + index * 37);
    return [`S${index}`, {
      environment: `aws://${account}/us-east-1`,
      template: {
        Resources: {
          Role: {
            Type: 'AWS::IAM::Role',
            Properties: { RoleName: index % 2 ? 'QualysConnector' : 'QualysInventory', AssumeRolePolicyDocument: { Statement: [statement({ Condition: { StringEquals: { 'sts:ExternalId': `8317265094418823${account}` } } })] } },
          },
        },
      },
    }];
  }));
  const map = mapOf(many);
  const markdown = map.toMarkdown();
  expect(markdown.match(/^\| `/gm)).toHaveLength(2);
  expect(markdown.length).toBeLessThanOrEqual(3000);
  expect(markdown.split('```')[1]!.length).toBeLessThanOrEqual(1500);
  expect(map.toHtml().length).toBeLessThanOrEqual(60_000);
  expect(map.callersOf('QualysConnector')).toEqual(['Qualys account 805950163170, with external ID 8317265094418823‹account›']);
}, 60_000);

test('what a change amounts to stands first, and what must not be overlooked in a long line is marked', () => {
  const [before, after] = [mapOf({}), mapOfTrust({ Statement: statement({ Condition: undefined }) })];
  expect(after.toMarkdown(before)).toContain('\n\n1 widened · 1 role · ');
  expect(after.toHtml(before)).toContain('<li class="bad"><b>1</b> widened</li><li><b>1</b> role</li>');
  expect(after.toHtml(before)).toContain('with <b class="flaw">no external ID</b></td>');
});
