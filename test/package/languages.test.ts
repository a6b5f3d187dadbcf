import { isDotnetThere, LANGUAGES, PROGRAMS, synthesizeIn } from '../support/package/languages';

/*
 * Two apps, written in each language, built against that language's package and the AWS CDK of its registry. What differs
 * between two languages would be a fault of the library.
 */
const MINUTES = 60_000;
const synthesized = new Map<string, ReturnType<typeof synthesizeIn>>();

beforeAll(async () => {
  if (!isDotnetThere()) process.stdout.write('The app in C# was left out: there is no dotnet on PATH.\n');
  // Two at a time: one downloads while the other compiles.
  const waiting = [...LANGUAGES].reverse();
  const worker = async () => {
    for (let language = waiting.shift(); language !== undefined; language = waiting.shift()) {
      const deployable = synthesizeIn(language);
      synthesized.set(language, deployable);
      await deployable.catch(() => undefined); // its own test tells
    }
  };
  await Promise.all([worker(), worker()]);
}, 20 * MINUTES);

test('the app in TypeScript synthesizes what was reviewed', async () => {
  const { templates, assets } = (await synthesized.get('typescript'))!['three-accounts'];
  expect(templates).toMatchSnapshot();
  expect(assets).toHaveLength(3);
});

test('the organization in TypeScript has a stack of roles, one of the base account and one of connectors', async () => {
  const { templates, assets } = (await synthesized.get('typescript'))!.organization;
  // And the template that the stack set rolls out, which is no stack of the app.
  expect(Object.keys(templates).sort()).toEqual(['CentralSecurity', 'ConnectorRoles', expect.stringMatching(/^ConnectorRolesMember/), 'Connectors']);
  expect(assets).toHaveLength(3);
});

const CASES = LANGUAGES.filter((language) => language !== 'typescript').flatMap((language) => PROGRAMS.map((program) => [language, program] as const));

test.each(CASES)('%s: %s synthesizes the same templates, with the same assets', async (language, program) => {
  expect((await synthesized.get(language))![program]).toEqual((await synthesized.get('typescript'))![program]);
});

test.each(['typescript', 'python', 'java', 'go'])('cdk synth of an app in %s ends with 1 on a finding of the review, whose map is written, and well once it is mended', async (language) => {
  const { open, mended } = (await synthesized.get(language)!).review!.gates;
  expect([open.exitCode, open.found]).toEqual([1, ['external-id[Member/Scanner/Resource]']]);
  expect(open.files['trust-map.md']).toContain('- scanner in 222222222222: no external ID is asked for');
  expect([mended.exitCode, mended.found]).toEqual([0, []]);
  expect(mended.files['trust-map.md']).toContain('external ID an-external-id-7');
});

test.each(['python', 'java', 'go'])('the trust map asked from %s says and writes what it does from TypeScript, byte for byte', async (language) => {
  const { review } = await synthesized.get(language)!;
  expect(review).toEqual((await synthesized.get('typescript')!).review);
  expect(review!.callers).toEqual(['Base account 111111111111, user qualys-base-account, with external ID 8317265094418823‹account›']);
  expect(Object.keys(review!.files)).toEqual(['trust-map.html', 'trust-map.json', 'trust-map.md']);
});
