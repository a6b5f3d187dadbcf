import { CfnParameter, Lazy } from 'aws-cdk-lib';
import { ActivationModule } from '../../../src/connector/activation-module';
import { AssetTag } from '../../../src/connector/asset-tag';
import { ConnectorOptions } from '../../../src/connector/connector-options';
import { connect } from '../../support/apps/connectors';
import { newStack, Synth } from '../../support/synth/synth';

/* What can be set of a connector besides what it reads: sent where it is said, and left as it is at the service where it is not. */
function settings(options: ConnectorOptions): Record<string, unknown> {
  const stack = newStack();
  connect(stack, options);
  const { DefaultTags, Remediation, PerimeterScan, Activation } = new Synth(stack).properties('Connector');
  return { DefaultTags, Remediation, PerimeterScan, Activation };
}

test('what is not given is not sent', () => {
  expect(settings({})).toEqual({ DefaultTags: undefined, Remediation: undefined, PerimeterScan: undefined, Activation: undefined });
});

describe('defaultTags', () => {
  test('are sent by ID and by name, in the order in which they are given', () => {
    expect(settings({ defaultTags: [AssetTag.id(7654321), AssetTag.named('Cloud Agents'), AssetTag.id(1)] }).DefaultTags).toEqual([{ Id: '7654321' }, { Name: 'Cloud Agents' }, { Id: '1' }]);
  });

  test('an empty list is sent as such: none of them are ours then', () => {
    expect(settings({ defaultTags: [] }).DefaultTags).toEqual([]);
  });

  test.each([[0, '0'], [-1, '-1'], [1.5, '1.5'], [2 ** 53, String(2 ** 53)], [NaN, 'NaN'], [Lazy.number({ produce: () => 1 }), 'a token']])('the ID %d is none', (id, got) => {
    expect(() => AssetTag.id(id)).toThrow(`id of AssetTag.id() must be a whole number above 0 that is known at synth, got ${got}`);
  });

  test.each([['', 'must be 1 to 255 characters long, got 0'], ['x'.repeat(256), 'must be 1 to 255 characters long, got 256'], ['a\nb', 'may only hold characters other than line breaks']])(
    'the name %j is none', (name, message) => {
      expect(() => AssetTag.named(name)).toThrow(`name of AssetTag.named() ${message}`);
    });

  test('a name may be a token', () => {
    const stack = newStack();
    connect(stack, { defaultTags: [AssetTag.named(new CfnParameter(stack, 'Tag').valueAsString)] });
    expect(new Synth(stack).properties('Connector').DefaultTags).toEqual([{ Name: '${Tag}' }]);
  });
});

test.each([[true, 'true'], [false, 'false']])('remediation %s is sent as a text', (remediation, text) => {
  expect(settings({ remediation }).Remediation).toBe(text);
});

describe('perimeterScan', () => {
  test('is sent with VM among the activation modules', () => {
    expect(settings({ perimeterScan: true, activationModules: [ActivationModule.PC, ActivationModule.VM] })).toMatchObject({ PerimeterScan: 'true', Activation: ['VM', 'PC'] });
  });

  test('can be turned off without', () => {
    expect(settings({ perimeterScan: false }).PerimeterScan).toBe('false');
  });

  test.each<[ActivationModule[] | undefined, string]>([[undefined, 'none'], [[], 'an empty list'], [[ActivationModule.PC, ActivationModule.CSA], 'PC, CSA']])(
    'needs VM, and %j has none', (activationModules, got) => {
      expect(() => settings({ perimeterScan: true, activationModules })).toThrow(`perimeterScan needs ActivationModule.VM among activationModules, got ${got}`);
    });
});

describe('activationModules', () => {
  test('PC and SCA exclude each other', () => {
    expect(() => settings({ activationModules: [ActivationModule.SCA, ActivationModule.VM, ActivationModule.PC] }))
      .toThrow('activationModules must hold PC or SCA, got both: the service takes one of them');
  });

  test.each([ActivationModule.PC, ActivationModule.SCA])('$name alone is taken', (module) => {
    expect(settings({ activationModules: [module] }).Activation).toEqual([module.name]);
  });

  test('CSA is one', () => {
    expect(settings({ activationModules: [ActivationModule.of('CSA')] }).Activation).toEqual(['CSA']);
  });
});
