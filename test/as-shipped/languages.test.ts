import { LANGUAGES, synthesizeIn, Templates } from '../support/as-shipped/languages';

/*
 * One app, written in each language, built against that language's package and the AWS CDK of its registry. What differs
 * between two languages would be a fault of the library.
 */
const MINUTES = 60_000;
const synthesized = new Map<string, Promise<Templates>>();

beforeAll(async () => {
  // Two at a time: one downloads while the other compiles.
  const waiting = [...LANGUAGES].reverse();
  const worker = async () => {
    for (let language = waiting.shift(); language !== undefined; language = waiting.shift()) {
      const templates = synthesizeIn(language);
      synthesized.set(language, templates);
      await templates.catch(() => undefined); // its own test tells
    }
  };
  await Promise.all([worker(), worker()]);
}, 20 * MINUTES);

test('the app in TypeScript synthesizes what was reviewed', async () => {
  expect(await synthesized.get('typescript')).toMatchSnapshot();
});

test.each(LANGUAGES.filter((language) => language !== 'typescript'))('the app in %s synthesizes the same templates', async (language) => {
  expect(await synthesized.get(language)).toEqual(await synthesized.get('typescript'));
});
