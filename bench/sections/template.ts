import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bytes } from '../figures';
import type { Section } from '../table';
import { child, workshop } from '../workshop';

interface Size { readonly bytes: number; readonly resources: number; readonly functions: number }

export async function template(): Promise<Section> {
  const [library, kit] = await Promise.all([sizeOf('library'), sizeOf('kit')]);
  const row = (name: string, of: (size: Size) => number) => [name, bytes(of(library)), bytes(of(kit)), (of(library) / of(kit)).toFixed(2)];
  return {
    title: 'Template of a base account',
    columns: ['', 'library', 'kit', 'ratio'],
    rows: [row('Template, bytes', (size) => size.bytes), row('Resources', (size) => size.resources), row('Functions', (size) => size.functions)],
    notes: [
      '`BaseAccount` with its defaults, against a kit of `iam.User`, `Group`, `iam.AccessKey`, `Secret`, the provider framework with a handler, a hosted rotation',
      'function with its schedule, and a daily rule. Bytes are those of the template without white space. The kit does less: it has the secret key resolved by',
      'CloudFormation, one wildcard of the framework, no IAM path that an organization\'s policy could name, and no rights of one resource each; a good part of the',
      'library\'s bytes are descriptions and the dependencies that let a stack be deleted in order.',
    ],
  };
}

async function sizeOf(side: string): Promise<Size> {
  const outdir = mkdtempSync(join(workshop, 'template-'));
  try {
    await child(join(workshop, 'base-account.js'), [side, outdir]);
    const parsed = JSON.parse(readFileSync(join(outdir, 'Security.template.json'), 'utf8'));
    const types = Object.values(parsed.Resources as Record<string, { Type: string }>).map(({ Type }) => Type);
    return { bytes: Buffer.byteLength(JSON.stringify(parsed)), resources: types.length, functions: types.filter((type) => type === 'AWS::Lambda::Function').length };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
