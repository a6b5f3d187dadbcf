import { templateOf } from '../../support/upgrades/freeze';
import { APPS } from '../../support/upgrades/later-apps';
import { Deployable, immutableProperties, replacements } from '../../support/upgrades/replacements';
import { appsOf, SHAPES, stored, STORED } from '../../support/upgrades/stored';

/*
 * What was deployed with an earlier version, against what the library makes of the same app now. CloudFormation would make a
 * replaced user anew without a key that anybody trusts, and so on: nothing may be replaced.
 */
test.each(STORED)('the shape of %s, app %s, is updated in place (fault 68)', (shape, app) => {
  expect(replacements(stored(shape, app), templateOf(APPS[app]!))).toEqual([]);
});

test('the newest frozen shape has every app: what is deployed now is held against later versions', () => {
  expect(appsOf(SHAPES.at(-1)!)).toEqual(Object.keys(APPS).sort());
});

describe('the check sees', () => {
  const before = stored(SHAPES[0]!, 'named');
  const changed = (id: RegExp, change: (resource: any) => void): Deployable => {
    const after = JSON.parse(JSON.stringify(before));
    change(after.Resources[Object.keys(after.Resources).find((one) => id.test(one))!]);
    return after;
  };

  test.each([
    ['a policy with another description', /UserPolicy/, 'Description'],
    ['a user with another name', /^BaseAccountUser[0-9A-F]{8}$/, 'UserName'],
    ['a role in another path', /^BaseAccountUserFunctionRole/, 'Path'],
    ['a secret with a name', /UserSecret/, 'Name'],
    ['a custom resource with another function', /UserKey/, 'ServiceToken'],
  ])('%s', (_, id, property) => {
    expect(replacements(before, changed(id, ({ Properties }) => { Properties[property] = 'other'; }))).toEqual([expect.stringContaining(`replaced for its ${property}`)]);
  });

  test('a resource that is gone, and one of another type', () => {
    const after = changed(/UserPolicy/, (resource) => { resource.Type = 'AWS::IAM::Policy'; });
    const { [Object.keys(before.Resources)[0]!]: gone, ...Resources } = after.Resources;
    expect(gone).toBeDefined();
    expect(replacements(before, { Resources })).toEqual([expect.stringContaining('removed'), expect.stringContaining('becomes AWS::IAM::Policy')]);
  });

  test('what may be changed in place', () => {
    expect(replacements(before, changed(/UserPolicy/, ({ Properties }) => { Properties.PolicyDocument = {}; }))).toEqual([]);
    expect(immutableProperties('AWS::IAM::Role')).toEqual(['Path', 'RoleName']);
  });
});
