import { github } from 'projen';
import { LANGUAGES } from './toolchain';

/** The folder with the lock file of the publishing tools. It is separate from the project, because the tools are installed in a job with a token. */
export const PUBLISHERS_FOLDER = '.github/publishers';

/** How to publish to one registry. */
export interface Publisher {
  readonly registry: string;
  /** The command of publib. */
  readonly command: string;
  /** Whether the registry trusts the workflow itself, so that no secret is needed. */
  readonly idToken: boolean;
  readonly tools?: github.workflows.Tools;
  readonly env: Readonly<Record<string, string>>;
}

const secret = (name: string) => `\${{ secrets.${name} }}`;
/** Pins the tools for signing and uploading, which publib installs with pip by version ranges. */
const PIP = { PIP_CONSTRAINT: `\${{ github.workspace }}/${PUBLISHERS_FOLDER}/constraints.txt` };
const { python, java, go, dotnet } = LANGUAGES;

export const PUBLISHERS: Readonly<Record<string, Publisher>> = {
  npm: { registry: 'npm', command: 'publib-npm', idToken: true, env: { NPM_DIST_TAG: 'latest', NPM_TRUSTED_PUBLISHER: 'true' } },
  pypi: { registry: 'PyPI', command: 'publib-pypi', idToken: true, tools: { python }, env: { ...PIP, PYPI_TRUSTED_PUBLISHER: 'true' } },
  maven: {
    registry: 'Maven Central',
    command: 'publib-maven',
    idToken: false,
    tools: { java },
    env: {
      MAVEN_SERVER_ID: 'central-ossrh',
      ...Object.fromEntries(['GPG_PRIVATE_KEY', 'GPG_PRIVATE_KEY_PASSPHRASE', 'USERNAME', 'PASSWORD', 'STAGING_PROFILE_ID']
        .map((name) => [`MAVEN_${name}`, secret(`MAVEN_${name}`)])),
    },
  },
  nuget: {
    registry: 'NuGet',
    command: 'publib-nuget',
    idToken: true,
    tools: { python, dotnet }, // Python fetches the token
    env: { ...PIP, NUGET_TRUSTED_PUBLISHER: 'true', NUGET_USERNAME: secret('NUGET_USERNAME') },
  },
  go: {
    registry: 'the repository of the Go module',
    command: 'publib-golang',
    idToken: false,
    tools: { go },
    env: {
      GIT_USER_NAME: 'github-actions[bot]',
      GIT_USER_EMAIL: '41898282+github-actions[bot]@users.noreply.github.com',
      GITHUB_TOKEN: secret('GO_GITHUB_TOKEN'),
    },
  },
};
