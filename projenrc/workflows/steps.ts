import { github } from 'projen';

type Step = github.workflows.JobStep;

/** Reads the repository, and leaves no token behind in the folder. */
export const checkout = (inputs: Readonly<Record<string, unknown>> = {}): Step => (
  { name: 'Checkout', uses: 'actions/checkout', with: { 'persist-credentials': false, ...inputs } }
);

/** No package runs a script of its own at installation: none of those that are locked needs to. */
export const install = (folder?: string): Step => (
  { name: 'Install dependencies', run: ['npm ci --ignore-scripts', ...folder === undefined ? [] : [`--prefix ${folder}`]].join(' ') }
);

export const run = (name: string, ...commands: readonly string[]): Step => ({ name, run: commands.join('\n') });

/** A job that changes nothing, unless its permissions say otherwise. */
export function job(options: Omit<github.workflows.Job, 'runsOn' | 'permissions'> & { readonly timeoutMinutes: number; readonly permissions?: github.workflows.JobPermissions }): github.workflows.Job {
  return { runsOn: ['ubuntu-latest'], permissions: { contents: github.workflows.JobPermission.READ }, ...options };
}
