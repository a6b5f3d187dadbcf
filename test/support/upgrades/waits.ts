/** By logical ID, all that CloudFormation makes before the resource: what it depends on or refers to, and what that does. */
export function waits({ Resources }: { readonly Resources: Readonly<Record<string, object>> }): Map<string, Set<string>> {
  const direct = new Map(Object.entries(Resources).map(([id, resource]) => [id, named(resource).filter((other) => other in Resources)]));
  const reached = (id: string, found: Set<string>): Set<string> => {
    for (const other of direct.get(id)!) if (!found.has(other)) reached(other, found.add(other));
    return found;
  };
  return new Map([...direct.keys()].map((id) => [id, reached(id, new Set())]));
}

function named({ DependsOn = [], ...resource }: { readonly DependsOn?: string | string[] }): string[] {
  const referred = JSON.stringify(resource).matchAll(/"(?:Ref":|Fn::GetAtt":\[)"([^"]+)"/g);
  return [...[DependsOn].flat(), ...[...referred].map(([, id]) => id!)];
}
