import { KeyEngine, readStage } from '../engine';
import { SecretState } from '../ports';
import { belongsTo } from '../stored-key';

/** When a change of the user is undone, makes the former user's key the current one before this user's key is deleted. */
export async function restoreFormerKey(engine: KeyEngine, state: SecretState): Promise<void> {
  const own = await readStage(engine, state, 'AWSCURRENT');
  if (!own || !belongsTo(own, engine.owner)) return;
  for (const stage of ['FORMER_CURRENT', 'AWSPREVIOUS'] as const) {
    const former = await readStage(engine, state, stage);
    if (former && !belongsTo(former, engine.owner)) return engine.secret.move('AWSCURRENT', state.stages[stage]!, state.stages.AWSCURRENT);
  }
}
