import { join } from 'node:path';
import * as ts from 'typescript';
import { assembly, Member, members, REPOSITORY as root, structs as allStructs, types as allTypes } from '../../support/api';

/* What the five languages can take, and what has to be said of it. The rules of names and shapes: api-rules.test.ts */
type Described = Pick<Member, 'path' | 'kind' | 'content'>;

const types: Described[] = allTypes.map((content) => ({ path: content.name, kind: content.kind, content }));
const structs = allStructs.map((content) => ({ path: content.name, kind: content.kind, content }));
const options = structs.flatMap(({ path, content }) => (content.properties ?? []).map((property: any) => ({ path: `${path}.${property.name}`, content: property })));

const paths = (found: readonly { readonly path: string }[]) => found.map(({ path }) => path);

/** Every type that a member mentions: of itself, its parameters and its answer. */
function typesOf({ content }: Described): string {
  return JSON.stringify([content.type, content.returns?.type, (content.parameters ?? []).map((parameter: any) => parameter.type)]);
}

test('the assembly is that of this library', () => {
  expect(assembly.name).toBe('cdk-qualys-connectors');
  expect(paths(types)).toEqual(expect.arrayContaining([
    'AccountType', 'ActivationModule', 'AssumableRoles', 'AssumeRolePolicy', 'BaseAccount', 'BaseAccountRegistration', 'BaseAccountUser', 'Connector',
    'ConnectorModule', 'ConnectorPermissions', 'ConnectorRole', 'ConnectorService', 'ConnectorVerification', 'ExternalId', 'IBaseAccountUser',
    'KeyDelivery', 'QualysAccountLookup', 'QualysCredentials', 'QualysPlatform', 'TrustPrincipal',
  ]));
  expect(members.length).toBeGreaterThan(100);
  expect(options.length).toBeGreaterThan(40);
});

test('no union types', () => {
  expect(paths(members.filter((member) => typesOf(member).includes('"union"')))).toEqual([]);
});

test('no index signatures', () => {
  expect(paths(members.filter((member) => /"kind":"map"|"primitive":"(any|json)"/.test(typesOf(member))))).toEqual([]);
});

test('every optional property has a default', () => {
  expect(paths(options.filter(({ content }) => content.optional && !content.docs?.default))).toEqual([]);
});

test('no default is given where there is none', () => {
  expect(paths(options.filter(({ content }) => !content.optional && content.docs?.default))).toEqual([]);
});

test('every type and every member has a docstring', () => {
  expect(paths([...types, ...members].filter(({ kind, content }) => kind !== 'initializer' && !content.docs?.summary))).toEqual([]);
});

test('every class has an example', () => {
  expect(paths(types.filter(({ kind, content }) => kind === 'class' && !content.docs?.example))).toEqual([]);
});

test('all properties are read-only', () => {
  expect(paths(members.filter(({ kind, content }) => kind === 'property' && !content.immutable))).toEqual([]);
});

test('no unions of texts, of which jsii makes plain texts without a word', () => {
  const program = ts.createProgram([join(root, 'lib/index.d.ts')], { skipLibCheck: true, module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 });
  const checker = program.getTypeChecker();
  const index = checker.getSymbolAtLocation(program.getSourceFile(join(root, 'lib/index.d.ts'))!)!;
  const exported = checker.getExportsOfModule(index);
  expect(exported.map((symbol) => symbol.name).sort()).toEqual(paths(types).sort());

  const found: string[] = [];
  let seen = 0;
  const visit = (node: ts.Node, path: string): void => {
    if (ts.isTypeNode(node)) {
      seen += 1;
      if (saysTexts(checker.getTypeFromTypeNode(node))) found.push(`${path}: ${node.getText()}`);
    }
    if (ts.isClassElement(node) && isHidden(node)) return;
    ts.forEachChild(node, (child) => { visit(child, path); });
  };
  exported.forEach((symbol) => symbol.declarations?.forEach((declaration) => { visit(declaration, symbol.name); }));
  expect(found).toEqual([]);
  expect(seen).toBeGreaterThan(100);
});

function saysTexts(type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type];
  return parts.some((part) => part.isStringLiteral() && (part.flags & ts.TypeFlags.EnumLiteral) === 0); // eslint-disable-line no-bitwise
}

function isHidden(node: ts.ClassElement): boolean {
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) !== 0 // eslint-disable-line no-bitwise
    || (node.name?.getText().startsWith('_') ?? false);
}
