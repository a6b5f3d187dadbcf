import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * What users of the five languages see, as jsii wrote it when it compiled. Compile first; a missing or an old file is no
 * reason to pass.
 */
export const REPOSITORY = join(__dirname, '..', '..');
export const assembly = JSON.parse(readFileSync(join(REPOSITORY, '.jsii'), 'utf8'));

export interface Member {
  /** `Connector.role`, `Connector.metric()`, `Connector.new()` */
  readonly path: string;
  readonly name: string;
  readonly kind: string;
  /** The type that has it. */
  readonly owner: any;
  readonly content: any;
}

export const types: any[] = Object.values<any>(assembly.types);

export const members: Member[] = types.flatMap((owner) => [
  ...(owner.properties ?? []).map((content: any) => ({ path: `${owner.name}.${content.name}`, name: content.name, kind: 'property', owner, content })),
  ...(owner.methods ?? []).map((content: any) => ({ path: `${owner.name}.${content.name}()`, name: content.name, kind: 'method', owner, content })),
  ...(owner.initializer ? [{ path: `${owner.name}.new()`, name: 'new', kind: 'initializer', owner, content: owner.initializer }] : []),
]);

export const structs: any[] = types.filter(({ datatype }) => datatype);

export const classes: any[] = types.filter(({ kind }) => kind === 'class');

/** Of a struct, with those that it has from others; one that it has from another by two ways is one. */
export function propertiesOf(struct: any): any[] {
  return [...ancestors(struct)].flatMap(({ properties = [] }) => properties);
}

function ancestors(struct: any): Set<any> {
  const above = (struct.interfaces ?? []).filter((name: string) => name in assembly.types)
    .flatMap((name: string) => [...ancestors(assembly.types[name])]);
  return new Set([struct, ...above]);
}

/** All that is said of something, as text. */
export function textOf(docs: object | undefined): string {
  return Object.values(docs ?? {}).map((part) => (typeof part === 'object' ? textOf(part) : part)).join('\n');
}

/** The struct that a constructor takes. */
export function propsOf({ initializer }: any): any[] {
  const name = initializer?.parameters?.find((parameter: any) => parameter.name === 'props')?.type.fqn;
  return name === undefined ? [] : propertiesOf(assembly.types[name]);
}

/** Whether it stands in the tree of constructs. */
export function isConstruct({ base }: any): boolean {
  return base !== undefined && (assembly.types[base] ? isConstruct(assembly.types[base]) : /constructs\.Construct$|aws-cdk-lib\./.test(base));
}
