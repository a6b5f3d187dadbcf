/** What references of a template are, when it is deployed. */
export interface References {
  readonly mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
  /** Of a resource, or of a pseudo parameter such as `AWS::Region`. */
  ref(name: string): string;
  attribute(logicalId: string, name: string): string;
}

/** As values are on the wire: intrinsic functions worked out, every scalar a string, what has no value left out. */
export function resolve(value: unknown, references: References): any {
  if (Array.isArray(value)) return value.map((item) => resolve(item, references)).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value === undefined ? undefined : String(value);
  const [[name, argument] = ['', undefined], ...more] = Object.entries(value);
  if (more.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) return call(name, argument, references);
  return Object.fromEntries(Object.entries(value)
    .map(([key, inner]) => [key, resolve(inner, references)] as const).filter(([, inner]) => inner !== undefined));
}

function call(name: string, argument: unknown, references: References): unknown {
  switch (name) {
    case 'Ref': return argument === 'AWS::NoValue' ? undefined : references.ref(argument as string);
    case 'Fn::GetAtt': return references.attribute(...argument as [string, string]);
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown];
      return resolve(parts, references).join(separator);
    }
    case 'Fn::Select': {
      const [index, list] = argument as [number, unknown];
      return resolve(list, references)[Number(index)];
    }
    case 'Fn::Split': {
      const [separator, text] = argument as [string, unknown];
      return resolve(text, references).split(separator);
    }
    case 'Fn::FindInMap': {
      const [map, key, field] = resolve(argument, references) as [string, string, string];
      const found = references.mappings?.[map]?.[key]?.[field];
      if (found === undefined) throw new Error(`mapping ${map} has no ${key}.${field}: the deployment fails`);
      return found;
    }
    case 'Fn::Sub': return String(argument).replace(/\$\{([\w:]+)(?:\.(\w+))?\}/g, (_, id: string, attribute?: string) => (
      attribute === undefined ? references.ref(id) : references.attribute(id, attribute)));
    default: throw new Error(`the function ${name} of templates is not known here; add it in test/support/cloudformation`);
  }
}

/** The resources that a value refers to. */
export function referred(value: unknown): string[] {
  const found: string[] = [];
  const look = (inner: unknown): void => {
    if (typeof inner !== 'object' || inner === null) return;
    const { Ref, 'Fn::GetAtt': attribute } = inner as { readonly 'Ref'?: string; readonly 'Fn::GetAtt'?: readonly [string, string] };
    if (Ref !== undefined && !Ref.startsWith('AWS::')) found.push(Ref);
    if (attribute !== undefined) found.push(attribute[0]);
    Object.values(inner).forEach(look);
  };
  look(value);
  return found;
}
