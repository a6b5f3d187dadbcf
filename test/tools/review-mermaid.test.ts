import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Page } from 'playwright-core';
import { mapOf, statement } from '../support/review/assemblies';
import { browserOfFile, SCREENSHOTS } from '../support/review/browser';
import { MAPPED, readmeOf } from '../support/review/example-maps';
import { HOSTILE_STACK } from '../support/review/hostile-names';

/* Mermaid itself draws what the trust map writes for a pull request, as a host of repositories does. */
const chromium = browserOfFile('The pictures of pull requests were not drawn');

const role = (changes: object) => ({ Type: 'AWS::IAM::Role', Properties: { RoleName: 'scanner', AssumeRolePolicyDocument: { Statement: [statement(changes)] } } });
const MANY = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`S${index}`, {
  environment: `aws://${100000000000 + index}/us-east-1`, template: { Resources: { Role: role({ Condition: index === 0 ? undefined : { StringEquals: { 'sts:ExternalId': `id-${index}` } } }) } },
}]));

const pictureIn = (markdown: string) => /```mermaid\n([^]*?)```/.exec(markdown)?.[1];

const PICTURES: readonly (readonly [name: string, picture: string])[] = [
  ...MAPPED.map(([example]) => [example, pictureIn(readFileSync(readmeOf(example), 'utf8'))] as const),
  ['hostile names', pictureIn(mapOf({ Stack: HOSTILE_STACK }).toMarkdown())] as const,
  ['more groups than there is room for', pictureIn(mapOf(MANY).toMarkdown())] as const,
].filter((entry): entry is readonly [string, string] => entry[1] !== undefined);

interface Drawn {
  readonly nodes: string[];
  readonly edges: number;
  readonly elements: string[];
}

/** Draws it; what stands in the picture. Throws what Mermaid says of a picture that it does not understand. */
async function draw(page: Page, picture: string): Promise<Drawn> {
  await page.setContent('<!DOCTYPE html><html><head><meta charset="utf-8"></head><body></body></html>');
  await page.addScriptTag({ path: require.resolve('@mermaid-js/tiny/dist/mermaid.tiny.js') });
  return page.evaluate(`(async () => {
    mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
    const { svg } = await mermaid.render('picture', ${JSON.stringify(picture)});
    document.body.innerHTML = svg;
    const text = (one) => [...one.querySelectorAll('.nodeLabel')].map((label) => label.innerHTML.replace(/<br ?\\/?>/g, '\\n').replace(/<[^>]*>/g, '')).join();
    return {
      nodes: [...document.querySelectorAll('.node')].map(text),
      edges: document.querySelectorAll('path.flowchart-link').length,
      elements: [...new Set([...document.body.querySelectorAll('*')].map((one) => one.localName))].sort(),
    };
  })()`) as Promise<Drawn>;
}

chromium.describe('drawn by Mermaid', () => {
  test('every example but those without a role has a picture', () => {
    expect(PICTURES.map(([name]) => name)).toEqual(expect.arrayContaining(MAPPED.map(([example]) => example).filter((example) => example !== 'existing-accounts')));
  });

  test.each(PICTURES)('%s: all nodes and lines are there, no label is cut short, and no name is markup', async (name, picture) => {
    const page = await chromium.browser.newPage({ viewport: { width: 1200, height: 700 } });
    try {
      const { nodes, edges, elements } = await draw(page, picture);
      const lines = picture.split('\n').map((line) => line.trim());
      const labels = lines.flatMap((line) => /^\w+[[(]+"(.*)"[\])]+(?::::\w+)?$/.exec(line)?.[1] ?? []);
      expect(labels.length).toBeGreaterThan(1);
      expect(nodes.sort()).toEqual(labels.map(shown).sort());
      expect(edges).toBe(lines.filter((line) => /^\w+ (-->|==>|-\.->) \w+$/.test(line)).length);
      expect(elements).not.toEqual(expect.arrayContaining(['script']));
      expect(elements.filter((one) => ['a', 'img', 'iframe'].includes(one))).toEqual([]);
      if (SCREENSHOTS !== undefined) await page.locator('svg').screenshot({ path: join(SCREENSHOTS, `mermaid-${name.replace(/ /g, '-')}.png`) });
    } finally {
      await page.close();
    }
  }, 60_000);
});

/** A label as HTML has it: Mermaid's entities carried out, and what is markup in HTML escaped. */
function shown(label: string): string {
  return label.replace(/<br\/>/g, '\n').replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
