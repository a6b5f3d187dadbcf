import { execFileSync } from 'node:child_process';
import { REPOSITORY } from '../support/emulator/repository';

const bench = (...sections: string[]) => execFileSync(process.execPath, ['--import', 'tsx', 'bench/main.ts', '--rounds', '1', '--only', sections.join()], {
  cwd: REPOSITORY, encoding: 'utf8', timeout: 240_000, env: { ...process.env, TSX_TSCONFIG_PATH: 'test/tsconfig.json' },
});

test('the parts that are counted, and the start of each handler, run to their end; a check of connectors makes one call, and one for each 100 at most', () => {
  const printed = bench('calls', 'template', 'handlers');
  for (const title of ['Calls an operation', 'Template of a base account', 'Handlers']) expect(printed).toContain(`### ${title}`);
  const checks = [...printed.matchAll(/^\| check of ([\d,]+) connectors \| \d+ \| (\d+) \|/gm)].map(([, count, calls]) => [Number(count!.replace(',', '')), Number(calls)] as const);
  expect(checks.map(([count]) => count)).toEqual([0, 100, 500, 2_000, 10_000]);
  expect(checks.filter(([count, calls]) => calls > 1 + Math.ceil((count + 1) / 100))).toEqual([]);
}, 300_000);
