import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BrowserContextOptions, Page } from 'playwright-core';
import { TrustMap } from '../../src/review/trust-map';
import { mapOf, statement } from '../support/review/assemblies';
import { browserOfFile, SCREENSHOTS } from '../support/review/browser';

/* The page of the trust map as people see it: in a browser, light, dark, small, printed, by the keyboard alone. */
const chromium = browserOfFile('The review page was not looked at');

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'review-page-'));

const role = (RoleName: string, changes: object = {}) => ({ Type: 'AWS::IAM::Role', Properties: { RoleName, AssumeRolePolicyDocument: { Statement: [statement(changes)] } } });
const stacks = (count: number, resources: object) => Object.fromEntries(Array.from({ length: count }, (_, index) => [
  `Stack${index}`, { environment: `aws://22222222222${index}/us-east-1`, template: { Resources: { Connector: role('QualysConnector'), ...index === 0 ? resources : {} } } },
]));
const good = mapOf(stacks(8, {}));
const bad = mapOf(stacks(8, {
  Legacy: role('qualys-legacy', { Condition: undefined }),
  Open: role('open', { Principal: '*', Condition: undefined }),
  Foreign: role('conditional', { Principal: { AWS: '888888888888' }, Condition: { StringLike: { 'sts:ExternalId': '8317*' } } }),
  User: { Type: 'AWS::IAM::User', Properties: { UserName: 'scanner', Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }] } }] } },
  Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } },
}));
const reviewed = TrustMap.fromFile(join(__dirname, '..', '..', 'examples', 'review', 'trust-map', 'trust-map.json'));
const PAGES: Readonly<Record<string, string>> = { reviewed: reviewed.toHtml(), changed: bad.toHtml(good), nothing: good.toHtml(good) };
const VIEWS: readonly [string, BrowserContextOptions][] = [
  ['light', { colorScheme: 'light', viewport: { width: 1160, height: 900 } }], ['dark', { colorScheme: 'dark', viewport: { width: 1160, height: 900 } }],
  ['small', { colorScheme: 'light', viewport: { width: 390, height: 844 } }],
];

beforeAll(() => {
  for (const [name, html] of Object.entries(PAGES)) writeFileSync(join(folder, `${name}.html`), html);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Opens a page; what it asks the network for, and what the browser complains of. */
async function opened<T>(name: string, options: BrowserContextOptions, look: (page: Page) => Promise<T>): Promise<T> {
  const context = await chromium.browser.newContext(options);
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('request', (request) => { if (!request.url().startsWith('file:')) complaints.push(request.url()); });
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    const seen = await look(page);
    expect(complaints).toEqual([]);
    return seen;
  } finally {
    await context.close();
  }
}

const CASES = Object.keys(PAGES).flatMap((name) => VIEWS.map(([view, options]): [string, string, BrowserContextOptions] => [name, view, options]));

chromium.describe('in a browser', () => {
  test.each(CASES)('the page %s, %s: axe finds nothing, and nothing but its regions is wider than the window', async (name, view, options) => {
    await opened(name, options, async (page) => {
      if (SCREENSHOTS !== undefined) await page.screenshot({ path: join(SCREENSHOTS, `${name}-${view}.png`), fullPage: true });
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
      await page.evaluate(axe);
      const { violations } = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })') as { violations: { id: string; nodes: { html: string }[] }[] };
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 120))])).toEqual([]);
    });
  }, 60_000);

  test('by the keyboard alone: the skip link, the contents, then each region that scrolls', async () => {
    await opened('changed', { viewport: { width: 390, height: 844 } }, async (page) => {
      const focused: string[] = [];
      for (let press = 0; press < 14; press += 1) {
        await page.keyboard.press('Tab');
        focused.push(await page.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent.trim().slice(0, 40)') as string);
      }
      expect(focused).toEqual([
        'To the content', 'What this change does', 'To look at', 'Who may become whom', 'Roles', 'Keys', 'What was read',
        'Table: What this change does', 'Picture', 'Table: Roles', '8 accounts', 'Table: Keys', expect.anything(), expect.anything(),
      ]);
    });
  }, 60_000);

  test('a screen reader hears headings in their order, tables with their heads, and what the picture shows', async () => {
    await opened('changed', {}, async (page) => {
      const headings = await page.evaluate('[...document.querySelectorAll("h1,h2,h3")].map((one) => one.tagName + " " + one.textContent)');
      expect(headings).toEqual(['H1 Trust map', 'H2 What this change does', 'H2 To look at', 'H2 Who may become whom', 'H2 Roles', 'H2 Keys', 'H2 What was read']);
      await expect(page.getByRole('img', { name: 'Who may become whom' }).count()).resolves.toBe(1);
      await expect(page.getByRole('columnheader', { name: 'Who may assume it' }).count()).resolves.toBe(1);
      await expect(page.getByRole('rowheader', { name: 'widened' }).count()).resolves.toBeGreaterThan(2);
    });
  }, 60_000);

  test('dark is dark, and paper is white without what only a screen needs', async () => {
    const background = 'getComputedStyle(document.body).backgroundColor';
    expect(await opened('changed', { colorScheme: 'dark' }, (page) => page.evaluate(background))).toBe('rgb(20, 22, 26)');
    await opened('changed', { colorScheme: 'dark' }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate(background)).toBe('rgb(255, 255, 255)');
      await expect(page.getByRole('navigation').isVisible()).resolves.toBe(false);
      if (SCREENSHOTS !== undefined) await page.pdf({ path: join(SCREENSHOTS, 'changed.pdf'), format: 'A4' });
    });
  }, 60_000);

  test('nothing in the page runs, whatever somebody puts into it', async () => {
    writeFileSync(join(folder, 'attacked.html'), PAGES.reviewed!.replace('</main>', '<script>document.title = "run"</script><img src="x" onerror="document.title = \'run\'"></main>'));
    const context = await chromium.browser.newContext();
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, 'attacked.html')).href);
    expect(await page.title()).toBe('Trust map');
    await context.close();
  }, 60_000);
});

test('without a browser: the page is one document, in English', () => {
  for (const html of Object.values(PAGES)) expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="en">[^]*<\/html>\n$/);
});
