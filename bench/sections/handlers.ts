import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { HANDLER_NAMES, HANDLERS } from '../../projenrc/handlers';
import { bytes, interleaved, ratios, sampleOf, show } from '../figures';
import type { Section } from '../table';
import { modules, root } from '../workshop';
import { coldStart } from './cold-start';

const FRAMEWORK = join(modules, 'aws-cdk-lib', 'custom-resources', 'lib', 'provider-framework', 'runtime');
const ASSETS = join(root, 'assets', 'lambda');

export async function handlers(rounds: number): Promise<Section> {
  const rows: string[][] = [];
  for (const name of HANDLER_NAMES) {
    const folder = `${name}.lambda`;
    const bundle = join(ASSETS, folder, 'index.js');
    const [resourceType] = HANDLERS[name].serves;
    const clients = [...readFileSync(bundle, 'utf8').matchAll(/require\("(@aws-sdk\/[^"]+)"\)/g)].map((match) => match[1]!);
    const { ours, both, alone } = await interleaved(2 * rounds, {
      ours: () => coldStart({ side: 'ours', code: bundle, resourceType }),
      both: () => coldStart({ side: 'framework', code: FRAMEWORK, resourceType, clients: [...new Set(clients)] }),
      alone: () => coldStart({ side: 'framework', code: FRAMEWORK, resourceType }),
    });
    rows.push([
      `\`${name}\``, bytes(statSync(bundle).size), bytes(zipped(join(ASSETS, folder))),
      show(sampleOf(ours)), show(sampleOf(both)), `**${show(ratios(ours, both), 2)}**`, show(sampleOf(alone)),
    ]);
  }
  rows.push(['provider framework', bytes(javaScript(FRAMEWORK)), bytes(zipped(FRAMEWORK)), '', '', '', '']);
  return {
    title: 'Handlers',
    columns: ['Handler', '`index.js`, bytes', 'deflated, bytes', 'library, ms', 'framework and handler, ms', 'ratio', 'framework, handler warm, ms'],
    rows,
    notes: [
      'Cold start: from the start of a Node process to the first answer at the answer URL, for a Delete that needs no call of AWS. The other side is the function of',
      'the CDK provider framework, which has a second function do the work: one process each, the handler\'s loading the same clients of AWS and nothing else. With',
      'a handler that is warm already the framework alone is left (last column). The framework is treated kindly: it does not load the client of Step Functions,',
      'answers over plain http, and its handler has no schema to check and no limit to guard. The SDK is the one of `node_modules`, as it is in the runtime of',
      'Lambda. Deflated is about what Lambda stores and loads. Goals: cold start <= 0.7 of framework and handler, 60 KB a handler.',
    ],
  };
}

function javaScript(folder: string): number {
  return readdirSync(folder).filter((file) => file.endsWith('.js')).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}

/** Of all files together, without the headers of an archive. */
function zipped(folder: string): number {
  return readdirSync(folder).reduce((sum, file) => sum + deflateRawSync(readFileSync(join(folder, file)), { level: 9 }).byteLength, 0);
}
