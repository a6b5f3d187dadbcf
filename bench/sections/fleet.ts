import { Onboarded, onboard, Onboarding, USUAL } from '../../test/support/fleet-simulation';
import { sampleOf, show } from '../figures';
import type { Section } from '../table';

interface Case extends Omit<Onboarding, 'seed'> {
  readonly title: string;
  readonly goal: string;
  /** Of as many seeds as there are rounds; else of one. */
  readonly often?: boolean;
}

const TROUBLED = { killed: 0.02, errors: 0.01, others: 20 } as const;
const RATE = USUAL.rate!;

const CASES: readonly Case[] = [
  { title: '100; others 20 calls an hour, 2 % of runs killed, 1 % of answers 500', goal: '0.2 h, 110 calls', accounts: 100, often: true, ...TROUBLED },
  { title: '1,000, the same', goal: '4.5 h, 1,040 calls', accounts: 1_000, often: true, ...TROUBLED },
  { title: '1,000, nothing goes wrong', goal: '4.5 h; 99 % of the budget', accounts: 1_000 },
  { title: '1,000, others 150 calls an hour', goal: 'done; none of ours refused, of others 5 % at most', accounts: 1_000, others: 150 },
  { title: '1,000, a create takes 12 s', goal: '5.5 h', accounts: 1_000, createSeconds: 12 },
  { title: '1,000, no headers say what is left', goal: 'as with them', accounts: 1_000, limits: { ...USUAL, omitHeaders: true } },
  { title: '1,000, the service counts in fixed hours', goal: 'as with a sliding one', accounts: 1_000, limits: { ...USUAL, rate: { ...RATE, sliding: false } } },
  { title: '1,000, refusals count', goal: 'as without', accounts: 1_000, limits: { ...USUAL, rate: { ...RATE, refusalsCount: true } } },
  { title: '1,000, 20 % of runs killed', goal: '0 duplicates', accounts: 1_000, killed: 0.2 },
  { title: '1,000, 30 % of runs killed', goal: '0 duplicates', accounts: 1_000, killed: 0.3 },
];

/** With `--all`: minutes each. */
const LARGE: readonly Case[] = [
  { title: '10,000, nothing goes wrong; some join meanwhile', goal: '43.5 h, 10,300 calls; 99 % of the budget; joins 3 and 6 min', accounts: 10_000, joins: 60 },
  { title: '10,000; others 20 calls an hour, 2 % of runs killed, 1 % of answers 500', goal: '45 h, 10,300 calls; 95 % of the budget', accounts: 10_000, ...TROUBLED },
];

/** First onboardings by the bundled handler and the real client, against the stand-in, whose clock runs ahead of ours. */
export async function fleet(rounds: number, isAll: boolean): Promise<Section> {
  const rows: string[][] = [];
  for (const { title, goal, often, ...asked } of [...CASES, ...isAll ? LARGE : []]) {
    const results: Onboarded[] = [];
    for (let seed = 1; seed <= (often ? rounds : 1); seed++) results.push(await onboard({ ...asked, seed }));
    rows.push([title, goal, ...figures(results)]);
  }
  return {
    title: 'A first onboarding by a fleet',
    columns: ['Accounts', 'goal', 'hours', 'calls', 'most calls in any hour', 'of the budget', 'doubles', 'refused: ours', 'others\'', 'joins: median, worst (min)'],
    rows,
    notes: [
      '240 calls an hour of the 300 that a subscription has as a rule, counted in the 3,600 seconds behind each call. A call of the service takes 0.5 to 1.5 s, or as long as is said.',
      'While others wait two of the 240 are kept for an account that joins: where none does, an hour has 238.',
      'The function is the one that is deployed, with its rights; AWS is played in this process. 10,000 accounts come with `--all`.',
    ],
  };
}

function figures(results: readonly Onboarded[]): string[] {
  const sample = (of: (result: Onboarded) => number, digits = 0): string => {
    const values = results.map(of);
    return values.length === 1 ? values[0]!.toFixed(digits) : show(sampleOf(values), digits);
  };
  const joins = results.flatMap((result) => result.joins).sort((one, other) => one - other);
  const others = results.reduce((sum, { others: made }) => sum + made, 0);
  const refused = results.reduce((sum, { othersRefused }) => sum + othersRefused, 0);
  return [
    sample(({ hours }) => hours, 2),
    sample(({ calls }) => calls),
    sample(({ mostInAnHour }) => mostInAnHour),
    sample(({ used }) => used * 100, 1).concat(' %'),
    sample(({ duplicates }) => duplicates),
    sample(({ refused: ours }) => ours),
    others === 0 ? '-' : `${refused} of ${others}`,
    joins.length === 0 ? '-' : `${sampleOf(joins).median.toFixed(1)}, ${joins.at(-1)!.toFixed(1)} (${joins.length})`,
  ];
}
