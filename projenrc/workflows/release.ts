import { github, Project } from 'projen';
import { Publisher, PUBLISHERS, PUBLISHERS_FOLDER } from './publishers';
import { checkout, install, job, run } from './steps';
import { LANGUAGES, RELEASE_NODE } from './toolchain';

const { READ, WRITE } = github.workflows.JobPermission;
/** The environment of the release jobs. Its settings say who may release, and hold the secrets. */
const ENVIRONMENT = 'release';
const FROM_DEFAULT_BRANCH = "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)";
/** True if this version has no release yet, and nobody has pushed since the build began. */
const IS_NEW = "needs.build.outputs.tag_exists != 'true' && needs.build.outputs.latest_commit == github.sha";
const DIST = { name: 'dist', path: 'dist' };

/** Tests, builds and packs, with the right to read alone. The publishing jobs publish its result unchanged. */
const BUILD: github.workflows.Job = job({
  name: 'Build for every language',
  if: FROM_DEFAULT_BRANCH,
  timeoutMinutes: 90,
  env: { CI: 'true', REQUIRE_DOTNET: 'true' },
  tools: { node: { version: RELEASE_NODE }, ...LANGUAGES },
  outputs: {
    tag_exists: { stepId: 'tag', outputName: 'exists' },
    latest_commit: { stepId: 'remote', outputName: 'latest_commit' },
  },
  steps: [
    checkout({ 'fetch-depth': 0 }), install(), run('Build', 'npx projen release'),
    {
      id: 'tag',
      ...run('Look for the tag', 'tag=$(cat dist/releasetag.txt)', 'git ls-remote --exit-code --tags origin "$tag" && exists=true || exists=false', 'echo "exists=$exists" >> "$GITHUB_OUTPUT"'),
    },
    { id: 'remote', ...run('Look for newer commits', 'echo "latest_commit=$(git ls-remote origin "$GITHUB_REF" | cut -f1)" >> "$GITHUB_OUTPUT"') },
    { name: 'Hand over', uses: 'actions/upload-artifact', with: { ...DIST, 'if-no-files-found': 'error' } },
  ],
});

/** Publishes to one registry. The job has a token, so it installs only the locked publishing tools, and builds nothing. */
const publish = ({ registry, command, idToken, tools, env }: Publisher): github.workflows.Job => job({
  name: `Publish to ${registry}`,
  needs: ['build'],
  if: `${FROM_DEFAULT_BRANCH} && ${IS_NEW}`,
  environment: ENVIRONMENT,
  permissions: { contents: READ, ...idToken ? { idToken: WRITE } : {} },
  timeoutMinutes: 30,
  tools: { node: { version: RELEASE_NODE }, ...tools },
  steps: [
    checkout(), install(PUBLISHERS_FOLDER),
    { name: 'Take over', uses: 'actions/download-artifact', with: DIST },
    { ...run('Publish', `${PUBLISHERS_FOLDER}/node_modules/.bin/${command}`), env: { ...env, PUBLIB_DRYRUN: '${{ inputs.dry_run }}' } },
  ],
});

/** Makes the GitHub release, with the bill of materials attached. */
const ANNOUNCE: github.workflows.Job = job({
  name: 'Publish on GitHub',
  needs: ['build', ...Object.keys(PUBLISHERS)],
  if: `${FROM_DEFAULT_BRANCH} && ${IS_NEW} && !inputs.dry_run`,
  environment: ENVIRONMENT,
  permissions: { contents: WRITE },
  timeoutMinutes: 10,
  steps: [
    { name: 'Take over', uses: 'actions/download-artifact', with: DIST },
    {
      ...run('Publish', 'tag=$(cat dist/releasetag.txt)',
        'gh release view "$tag" || gh release create "$tag" --generate-notes --title "$tag" --target "$GITHUB_SHA"',
        'gh release upload "$tag" dist/*.cdx.json --clobber'),
      env: { GH_TOKEN: '${{ github.token }}', GH_REPO: '${{ github.repository }}' },
    },
  ],
});

/** Replaces projen's release workflow by one that a person starts. It publishes from the default branch, within the environment. */
export function releaseByHand(project: Project): void {
  project.tryRemoveFile('.github/workflows/release.yml');
  project.node.tryRemoveChild('GithubWorkflow#release');
  const workflow = new github.GithubWorkflow(github.GitHub.of(project)!, 'release', { limitConcurrency: true });
  workflow.on({ workflowDispatch: { inputs: { dry_run: { description: 'Publish nothing', required: false, type: 'boolean' } } } });
  const publishing = Object.entries(PUBLISHERS).map(([name, publisher]) => [name, publish(publisher)]);
  workflow.addJobs({ build: BUILD, ...Object.fromEntries(publishing), github: ANNOUNCE });
}
