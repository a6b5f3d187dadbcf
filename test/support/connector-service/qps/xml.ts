const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Just enough XML for a client that forgot to ask for JSON. The items of an array stand inside one element. */
export function toXml(name: string, value: unknown): string {
  return value === undefined ? '' : `<${name}>${content(value)}</${name}>`;
}

function content(value: unknown): string {
  if (Array.isArray(value)) return value.map(content).join('');
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([name, inner]) => toXml(name, inner)).join('');
  return String(value).replace(/[&<>]/g, (character) => ESCAPES[character]);
}
