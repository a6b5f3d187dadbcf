import * as fc from 'fast-check';
import type { ResourceType } from '../../../projenrc/handlers';

/** How many inputs the gate tries of each kind. `FUZZ_FACTOR=20` tries twenty times as many. */
export const INPUTS = {
  'events of CloudFormation': 11_000,
  'events of rotations and of the schedule': 6_000,
  'property values': 11_000,
  'answers of the service': 2_400,
  'secret values': 3_000,
  'trust documents': 3_000,
} as const;

export const FACTOR = Number(process.env.FUZZ_FACTOR ?? 1);

/** One seed in the gate, so that it says the same every time. `FUZZ_SEED=random`, or a number, tries others. */
export const SEED = process.env.FUZZ_SEED === 'random' ? Date.now() % 2_147_483_647 : Number(process.env.FUZZ_SEED ?? 20_260_115);

/** Tries that many inputs. A failure tells the seed and the path (fast-check's own report), to which `FUZZ_SEED` leads back. */
export async function fuzz<T>(kind: keyof typeof INPUTS, share: number, input: fc.Arbitrary<T>, check: (input: T) => Promise<void>): Promise<void> {
  const numRuns = Math.ceil(INPUTS[kind] * share * FACTOR);
  await fc.assert(fc.asyncProperty(input, check), { numRuns, seed: SEED, endOnFailure: true, verbose: fc.VerbosityLevel.Verbose });
}

/** Of inputs that all types get: those whose good ones take long, or set the scene anew, get fewer. */
export const SHARES: Readonly<Record<ResourceType, number>> = {
  'Custom::QualysAccessKey': 0.4,
  'Custom::QualysBaseAccount': 0.05,
  'Custom::QualysConnector': 0.05,
  'Custom::QualysAccountLookup': 0.4,
  'Custom::QualysConnectorFleet': 0.1,
  'Custom::QualysRoleTrust': 0.1,
};

/** Milliseconds for a test; with a larger factor it takes longer. */
export const TIMEOUT = 300_000 * Math.max(1, FACTOR);
