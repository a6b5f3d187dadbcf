import { github } from 'projen';

type Step = github.workflows.JobStep;

/** Checks out the repository, and leaves no token in the folder. */
export const checkout = (inputs: Readonly<Record<string, unknown>> = {}): Step => (
  { name: 'Checkout', uses: 'actions/checkout', with: { 'persist-credentials': false, ...inputs } }
);

/** Installs the locked packages without their install scripts. None of them needs one. */
export const install = (folder?: string): Step => (
  { name: 'Install dependencies', run: ['npm ci --ignore-scripts', ...folder === undefined ? [] : [`--prefix ${folder}`]].join(' ') }
);

export const run = (name: string, ...commands: readonly string[]): Step => ({ name, run: commands.join('\n') });

/** A job with the right to read the repository, unless it has other permissions. */
export function job(options: Omit<github.workflows.Job, 'runsOn' | 'permissions'> & { readonly timeoutMinutes: number; readonly permissions?: github.workflows.JobPermissions }): github.workflows.Job {
  return { runsOn: ['ubuntu-latest'], permissions: { contents: github.workflows.JobPermission.READ }, ...options };
}
