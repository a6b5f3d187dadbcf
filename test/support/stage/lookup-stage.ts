import { LookupApp, lookupApp } from './apps/connector';
import { Stage, StageOptions } from './stage';

/** A stack that looks up the account of Qualys. */
export class LookupStage extends Stage<LookupApp> {
  public constructor(options: StageOptions = {}) {
    super(lookupApp, options);
  }
}
