import { readFileSync, writeFileSync } from 'node:fs';
import { mapOfExample, MAPPED, readmeOf, REVIEWED, withMap, writeReviewed } from './example-maps';
import { README, withReview } from './readme';

async function main(): Promise<void> {
  await writeReviewed(REVIEWED);
  writeFileSync(README, withReview(readFileSync(README, 'utf8')));
  for (const [example, app] of MAPPED) writeFileSync(readmeOf(example), withMap(example, await mapOfExample(app)));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
