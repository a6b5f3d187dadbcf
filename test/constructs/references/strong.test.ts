import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { fourStacks, Naming, NAMINGS, Phase, StackTemplate, templatesOf } from '../../support/upgrades/four-stacks';

/*
 * Where references are strong, CloudFormation refuses to drop an export that another stack imports, as it is deployed at that moment. So an upgrade,
 * and a change that ends a reference, must pass stack by stack.
 */
type Deployed = ReadonlyMap<string, StackTemplate>;

const FORMER = join(__dirname, '..', '..', 'fixtures', 'stacks', '2026-11-25');

/** As an earlier version has deployed them. */
function former(naming: Naming): Deployed {
  const folder = join(FORMER, naming);
  return new Map(readdirSync(folder).map((file) => [file.replace('.template.json', ''), JSON.parse(readFileSync(join(folder, file), 'utf8'))]));
}

const exportsOf = ({ Outputs = {} }: StackTemplate): string[] => Object.values(Outputs).flatMap(({ Export }) => Export?.Name ?? []);
const importsOf = (template: StackTemplate): string[] => [...JSON.stringify(template).matchAll(/\{"Fn::ImportValue":"([^"]+)"\}/g)].map(([, name]) => name!);

/** What CloudFormation says while one stack after the other is brought from what is deployed to what is wanted. */
function refusals(deployed: Deployed, wanted: Deployed): string[] {
  const now = new Map(deployed);
  return [...wanted].flatMap(([name, template]) => {
    const others = [...now].filter(([other]) => other !== name);
    const isImported = (one: string) => others.some(([, other]) => importsOf(other).includes(one));
    const isExported = (one: string) => others.some(([, other]) => exportsOf(other).includes(one));
    const kept = exportsOf(template);
    const dropped = exportsOf(now.get(name) ?? { Resources: {} }).filter((one) => !kept.includes(one));
    now.set(name, template);
    return [
      ...dropped.filter(isImported).map((one) => `${name}: the export ${one} is in use`),
      ...importsOf(template).filter((one) => !isExported(one)).map((one) => `${name}: there is no export ${one}`),
    ];
  });
}

const today = (naming: Naming, phase?: Phase): Deployed => templatesOf(fourStacks(naming, phase));

describe.each(NAMINGS)('with a user and a role that are %s in code', (naming) => {
  test('what an earlier version deployed is upgraded, stack by stack', () => {
    const now = today(naming);
    expect(refusals(former(naming), now)).toEqual([]);
    expect(refusals(former(naming), new Map([...now].reverse()))).toEqual([]); // nothing says in which order those come that read text
  });

  test.each<[string, TrustPrincipal]>([
    ['the Qualys account', TrustPrincipal.qualysAccount()],
    ['the base account by its ID', TrustPrincipal.baseAccount('111111111111')],
    ['the user by its name', TrustPrincipal.baseAccount('111111111111', { userName: 'qualys-base-account', userPath: '/security/' })],
  ])('the role goes on to trust %s', (_, trust) => {
    expect(refusals(today(naming), today(naming, { trust }))).toEqual([]);
  });

  test('then the base account can be removed: neither the role nor its connector reads anything of it', () => {
    const deployed = today(naming, { trust: TrustPrincipal.qualysAccount() });
    const [Users, Entries] = ['Users', 'Entries'].map((name) => exportsOf(deployed.get(name)!));
    for (const name of ['Roles', 'Connectors']) expect([name, importsOf(deployed.get(name)!).filter((one) => [...Users!, ...Entries!].includes(one))]).toEqual([name, []]);
  });
});

test('the check sees a dropped export and a missing one', () => {
  const deployed = former('named');
  const withoutOutputs = new Map([['Users', { Resources: {} }]]);
  expect(refusals(deployed, withoutOutputs)).toContain('Users: the export Users:ExportsOutputFnGetAttUser8C194555ArnBB8983D3 is in use');
  expect(refusals(new Map(), new Map([['Roles', deployed.get('Roles')!]]))).toEqual(['Roles: there is no export Users:ExportsOutputFnGetAttUser8C194555ArnBB8983D3']);
});

test('names that are known as text are written as text, and leave no reference', () => {
  const [Roles, Connectors, Reader] = ['Roles', 'Connectors', 'Reader'].map((name) => importsOf(today('named').get(name)!));
  expect([Roles, Connectors, Reader]).toEqual([[], [], []]);
});
