import { App, CustomResource, Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import * as library from '../../../src';
import { assembly, classes, isConstruct, Member, members, propertiesOf, propsOf, structs, textOf, types } from '../../support/api';
import { everything } from '../../support/apps/everything';

/* What was decided of the public API, and stays so: an addition that breaks a rule is named wrongly, or says a thing a second time. */
const paths = (found: readonly Member[]) => found.map(({ path }) => path);
const name = (fqn: string) => fqn.split('.').pop()!;

describe('one way to say a thing', () => {
  /** `roleArn`, `roleName` beside `role`; `policyArn` beside `policy`. */
  const PARTS = /(Arn|Arns|Name|Id|Ids|Attributes)$/;

  test('no struct takes a thing and, beside it, a name of the thing', () => {
    const doubled = structs.flatMap((struct) => {
      const given = propertiesOf(struct).map((property) => property.name as string);
      return given.filter((one) => PARTS.test(one) && given.includes(one.replace(PARTS, ''))).map((one) => `${struct.name}.${one}`);
    });
    expect(doubled).toEqual([]);
  });

  test('no struct has two properties of one type and one meaning', () => {
    /** Of these a struct may have several, each for something else. */
    const PLAIN = ['aws-cdk-lib.Duration', 'cdk-qualys-connectors.ApiOperation'];
    const doubled = structs.flatMap((struct) => {
      const typed = propertiesOf(struct).filter(({ type }) => type.fqn !== undefined && !PLAIN.includes(type.fqn));
      return typed.filter((one, index) => typed.findIndex((other) => other.type.fqn === one.type.fqn) !== index).map((one) => `${struct.name}.${one.name}`);
    });
    expect(doubled).toEqual([]);
  });

  test('what has to be given is required: nothing is needed that the compiler takes for optional', () => {
    /** Each with what it depends on, which no type can say. */
    const DEPENDS: Readonly<Record<string, string>> = {
      'BaseAccountAlarmsProps.maxKeyAge': 'the interval of the rotation, where it is known',
      'BaseAccountRegistrationOptions.rotation': 'whether another app made the user',
      'TrustedQualysAccountOptions.accountId': 'the partition that the stack is in',
    };
    const needed = members.filter(({ owner, content }) => owner.datatype && content.optional)
      .filter(({ content }) => /\b(required|exactly one|at least one of|one of the two|either\b.*\bor)\b/i.test(textOf(content.docs)));
    expect(paths(needed).sort()).toEqual(Object.keys(DEPENDS).sort());
  });

  test('options are shared, not written again', () => {
    const has = (struct: string) => propertiesOf(assembly.types[`cdk-qualys-connectors.${struct}`]).map((property) => property.name as string);
    expect(has('BaseAccountProps').sort()).toEqual([...new Set([...has('BaseAccountUserProps'), ...has('BaseAccountRegistrationOptions')])].sort());
    for (const shared of ['AssumeRolePolicyOptions']) for (const taker of ['AssumeRolePolicyProps', 'BaseAccountUserProps', 'BaseAccountProps']) expect(has(taker)).toEqual(expect.arrayContaining(has(shared)));
    expect(has('ConnectorProps')).toEqual(expect.arrayContaining(has('ConnectorOptions')));
    const twice = structs.flatMap((struct) => {
      const all = propertiesOf(struct).map((property) => property.name as string);
      return all.filter((one, index) => all.indexOf(one) !== index).map((one) => `${struct.name}.${one}`);
    });
    expect(twice).toEqual([]);
  });
});

describe('names', () => {
  /** What a word was, and what it is. */
  const FORMER: Readonly<Record<string, string>> = {
    state: 'connectorState',
    status: 'registrationStatus',
    verification: 'verificationResult',
    polling: 'pollingInterval',
    activation: 'activationModules',
    awsAccountId: 'accountId',
    qualysAwsAccountId: 'qualysAccountId',
    explicitUserName: 'userName',
    both: 'anyOf',
    global: 'commercial',
    delete: 'remove',
  };

  test('nothing has a name that was given up', () => {
    const found = members.flatMap(({ path, name: own, content }) => [{ path, own }, ...(content.parameters ?? []).map((parameter: any) => ({ path: `${path} ${parameter.name}`, own: parameter.name }))])
      .filter(({ own }) => own in FORMER).map(({ path }) => path);
    expect(found).toEqual(['ApiFieldNames.awsAccountId']); // the vendor's own word for a field
  });

  test('an attribute of a construct says of what it is', () => {
    const BARE = ['state', 'status', 'result', 'verification', 'id', 'arn', 'name', 'key', 'secret', 'type', 'account', 'user', 'function', 'step', 'run'];
    const found = members.filter(({ owner, kind, name: own }) => kind === 'property' && (isConstruct(owner) || /^I[A-Z]/.test(owner.name)) && BARE.includes(own));
    expect(paths(found)).toEqual(['BaseAccount.user']); // a construct below, not an attribute
  });

  /*
   * The compilers of the languages put something before or after a reserved word, and the docs then speak of a name that is not there.
   * https://docs.python.org/3/reference/lexical_analysis.html#keywords, https://docs.oracle.com/javase/specs/jls/se21/html/jls-3.html#jls-3.9,
   * https://go.dev/ref/spec#Keywords, https://learn.microsoft.com/dotnet/csharp/language-reference/keywords/
   */
  const RESERVED = new Set(`
    False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise
    return try while with yield print
    abstract boolean byte case catch char const default do double enum extends final float goto implements instanceof int interface long native new package private
    protected public short static strictfp super switch synchronized this throw throws transient void volatile null true false
    chan defer fallthrough func go map range select struct type var
    base bool checked decimal delegate event explicit extern fixed foreach implicit internal lock namespace object operator out override params readonly ref sbyte
    sealed sizeof stackalloc string typeof uint ulong unchecked unsafe ushort using virtual`.split(/\s+/).filter(Boolean));
  const snake = (own: string) => own.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

  test('no member and no parameter is a reserved word of Python, Java, Go or C#', () => {
    const named = members.filter(({ kind }) => kind !== 'initializer').map(({ path, name: own }) => ({ path, own }));
    const parameters = members.flatMap(({ path, content }) => (content.parameters ?? []).map((parameter: any) => ({ path: `${path} ${parameter.name}`, own: parameter.name as string })));
    const found = [...named, ...parameters].filter(({ own }) => RESERVED.has(own) || RESERVED.has(snake(own))).map(({ path }) => path);
    // The vendor's word. Its docs say what it is called in Python.
    expect(found).toEqual(['AccountType.GLOBAL']);
    expect(members.find(({ path }) => path === 'AccountType.GLOBAL')!.content.docs.summary + members.find(({ path }) => path === 'AccountType.GLOBAL')!.content.docs.remarks).toContain('`GLOBAL_`');
  });

  test('no two members of a type differ in their case alone, in any language', () => {
    const found = types.flatMap((type) => {
      const all = [...type.properties ?? [], ...type.methods ?? []].map((member: any) => snake(member.name).replace(/_/g, ''));
      return all.filter((one, index) => all.indexOf(one) !== index).map((one) => `${type.name}.${one}`);
    });
    expect(found).toEqual([]);
  });
});

describe('what stands below is reachable', () => {
  const FUNCTION = 'aws-cdk-lib.aws_lambda.IFunction';
  const withHandler = classes.filter(({ properties = [] }) => properties.some((property: any) => property.name === 'handler' && property.type.fqn === FUNCTION)).map((type) => type.name);
  const withRetention = classes.filter((type) => propsOf(type).some((property) => property.name === 'logRetention')).map((type) => type.name);

  test('every construct with a function has handler and logRetention', () => {
    expect(withHandler).toEqual(expect.arrayContaining(['BaseAccountRegistration', 'BaseAccountUser', 'Connector', 'ConnectorMonitoring', 'ConnectorRoleTrust', 'QualysAccountLookup']));
    expect(withRetention.filter((one) => one !== 'BaseAccount').sort()).toEqual([...withHandler].sort()); // BaseAccount has a user and a registration
  });

  test('those are all: no other construct of the library makes a custom resource or a function', () => {
    const stack = everything(new Stack(new App(), 'Stack'));
    const isOurs = ({ constructor }: IConstruct) => constructor.name in library;
    const parts = stack.node.findAll().filter((one) => one instanceof CustomResource || one instanceof LambdaFunction);
    // The function of connectors stands in the stack itself.
    const makers = [...new Set(parts.map(({ node }) => [...node.scopes].reverse().find(isOurs)).filter((one) => one !== undefined))];
    const sharing = ['ConnectorMonitoring']; // it has that of the connectors
    expect([...new Set([...makers.map(({ constructor }) => constructor.name), ...sharing])].sort()).toEqual([...withHandler].sort());
    for (const maker of makers) expect((maker as unknown as { handler?: { functionArn: string } }).handler?.functionArn).toBeDefined();
  });

  test('a construct whose point is one resource has it as its default child', () => {
    const stack = everything(new Stack(new App(), 'Stack'));
    const many = ['BaseAccount', 'BaseAccountAlarms', 'ConnectorAlarms', 'ConnectorFleetAlarms'];
    const ours = stack.node.findAll().filter(({ constructor }) => constructor.name in library && !many.includes(constructor.name));
    expect(ours.length).toBeGreaterThanOrEqual(7);
    expect(ours.filter(({ node }) => !('cfnResourceType' in (node.defaultChild ?? {}))).map(({ node }) => node.path)).toEqual([]);
  });
});

describe('what can come from elsewhere', () => {
  const INTERFACES = types.filter(({ kind, datatype, name: own }) => kind === 'interface' && !datatype && /^I[A-Z]/.test(own)).map((type) => type.name as string);

  test('has an interface, attributes, and a method that makes one of the other', () => {
    expect(INTERFACES.sort()).toEqual(['IBaseAccountRegistration', 'IBaseAccountUser', 'IConnectorRole']);
    for (const one of INTERFACES.map((own) => own.slice(1))) {
      const type = classes.find((each) => each.name === one);
      const from = type.methods.find((method: any) => method.name === `from${one}Attributes`);
      expect([one, from.static, from.returns.type.fqn, from.parameters.map((parameter: any) => name(parameter.type.fqn ?? parameter.type.primitive))])
        .toEqual([one, true, `cdk-qualys-connectors.I${one}`, ['Construct', 'string', `${one}Attributes`]]);
      expect(type.interfaces).toContain(`cdk-qualys-connectors.I${one}`);
    }
  });

  test('is taken by its interface, so that any of them does', () => {
    const concrete = INTERFACES.map((own) => `cdk-qualys-connectors.${own.slice(1)}`);
    const takers = members.filter(({ owner, kind, content }) => (
      kind === 'property' ? owner.datatype && concrete.includes(content.type.fqn) : (content.parameters ?? []).some((parameter: any) => concrete.includes(parameter.type.fqn))));
    expect(paths(takers)).toEqual([]);
  });

  test('shows in each attribute of the interface what an imported one knows too', () => {
    for (const one of INTERFACES) {
      const optional = assembly.types[`cdk-qualys-connectors.${one}`].properties.filter((property: any) => property.optional);
      expect(optional).toEqual([]);
    }
  });
});

describe('docs', () => {
  test('every public constructor has a summary', () => {
    expect(paths(members.filter(({ kind, content }) => kind === 'initializer' && !content.docs?.summary))).toEqual([]);
  });

  test('every parameter has a text', () => {
    const bare = members.flatMap(({ path, content }) => (content.parameters ?? []).filter((parameter: any) => !parameter.docs?.summary).map((parameter: any) => `${path} ${parameter.name}`));
    expect(bare).toEqual([]);
  });

  test('none speaks of what the other languages do not have', () => {
    const texts = [...types.map((type) => ({ path: type.name, docs: type.docs })), ...members.flatMap(({ path, content }) => [
      { path, docs: content.docs }, ...(content.parameters ?? []).map((parameter: any) => ({ path: `${path} ${parameter.name}`, docs: parameter.docs })),
    ])];
    expect(texts.filter(({ docs }) => /\bundefined\b|\bPromise\b|\btypeof\b/.test(textOf({ ...docs, example: '' }))).map(({ path }) => path)).toEqual([]);
  });

  test('what throws says so, and for what', () => {
    const throwing = classes.filter(isConstruct).map(({ name: own, initializer }) => ({ own, docs: textOf(initializer?.docs) }));
    expect(throwing.length).toBeGreaterThanOrEqual(8);
    expect(throwing.filter(({ docs }) => !/Throws for/.test(docs)).map(({ own }) => own)).toEqual([]);
  });
});
