import { awscdk, javascript, release } from 'projen';
import { apiPages } from './projenrc/documentation';
import { HANDLERS } from './projenrc/handlers';
import { innerLoop } from './projenrc/inner-loop';
import { packageForLanguages } from './projenrc/packages';
import { PULL_REQUEST } from './projenrc/templates';
import { pinActions } from './projenrc/workflows/actions';
import { continuousIntegration } from './projenrc/workflows/ci';
import { releaseByHand } from './projenrc/workflows/release';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-qualys-connectors',
  description: 'AWS CDK constructs for Qualys base accounts and connector roles: the user, its key, the registration and the trust, as code',
  author: 'cdk-qualys-connectors',
  authorAddress: '', // the type wants one; an organization of this name has none
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-qualys-connectors/cdk-qualys-connectors.git',
  license: 'Apache-2.0',
  // NuGet breaks keywords at spaces.
  keywords: ['qualys', 'connector', 'base-account', 'assume-role', 'access-key', 'rotation', 'security', 'cspm', 'awscdk'],
  stability: 'experimental',
  defaultReleaseBranch: 'main',

  // The default is still 5.9; minors of jsii are not semver.
  jsiiVersion: '~6.0.0',
  // The floor for consumers: the release that all languages are built and run with. The bindings name whatever the types of this
  // release name, so they do not compile beside an older one (Go with 2.257: no ReferenceStrength). The features alone would
  // allow three releases less: findings are acknowledged by Validations (2.251), for cdk-nag 3, which takes 2.257 and newer.
  cdkVersion: '2.260.0',
  constructsVersion: '10.5.1',
  minNodeVersion: '20.0.0',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  sampleCode: false,
  // Jest only takes the types away: without this a wrong type in a test passes.
  typecheckTests: true,

  // Handlers stand in lambda/, outside src/, so that a construct cannot import one (TS6059).
  lambdaAutoDiscover: false,
  edgeLambdaAutoDiscover: false,
  singletonLambdaAutoDiscover: false,
  lambdaExtensionAutoDiscover: false,
  // End-to-end tests run against the emulator (test/deploy), not as deployed snapshots.
  integrationTestAutoDiscover: false,

  devDeps: [
    'aws-cdk@2.1148.1', // `latest` is 3.x and refuses assemblies of the 2.27x line
    'projen@0.103.25',
    'jsii-rosetta@~6.0.0',
    'esbuild@0.28.2', // bundles the handlers, and takes the types away for jest: test/support/transform.cjs
    'zod@4.6.7', // handlers: the contract is parsed at the door; of zod/mini 25 to 35 KB get into a bundle
    '@types/aws-lambda',
    '@aws-sdk/client-iam',
    '@aws-sdk/client-secrets-manager',
    '@aws-sdk/client-sns',
    '@aws-sdk/client-ssm',
    '@aws-sdk/client-sts',
    '@aws-sdk/client-cloudformation', // handlers and tests: what stacks and stack sets say; in Lambda's runtime, so never bundled
    '@aws-sdk/client-dynamodb', // handlers and tests: work that is kept in a table; in Lambda's runtime, so never bundled
    '@aws-sdk/client-organizations', // handlers and tests: the accounts of an organization; in Lambda's runtime, so never bundled
    '@aws-sdk/client-lambda', // tests: functions invoked as they ship
    '@cdklabs/cdk-enterprise-iac@0.1.0', // tests: aspects as organizations use them, that put boundaries and prefixes on roles
    '@cloud-copilot/iam-simulate@0.1.173', // tests: trust and policy decisions; AGPL, never shipped
    'cdk-stacksets@0.0.153', // tests: a ConnectorRole in the StackSet of another library; experimental, so exact
    '@peculiar/x509@^2', // tests: certificates for the loopback servers
    'reflect-metadata', // needed by @peculiar/x509
    'undici@^7', // tests: fetch that trusts the tests' own certificate authority
    'playwright-core@1.65.1', // tests: drives a Chromium that is on the machine, to look at the review page; brings no browser of its own
    '@mermaid-js/tiny@11.17.2', // tests: Mermaid itself draws what the trust map writes for a pull request; one file, without dependencies
    'axe-core@4.14.1', // tests: the rules of accessibility for that page
    'fast-check@^4',
    'tsx@^4', // runs the TypeScript of the demo and of the test runner
  ],

  // Published by hand until the first release is cut. projen's tasks make the release; the workflows are our own, below.
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  buildWorkflow: false,
  // projen would begin with 0.0.0, which stands for a package that somebody has built.
  nextVersionCommand: 'node -p "process.env.LATEST_TAG ? \'\' : \'0.1.0\'"',
  publishToPypi: { distName: 'cdk-qualys-connectors', module: 'cdk_qualys_connectors' },
  publishToMaven: {
    javaPackage: 'io.github.cdkqualysconnectors',
    mavenGroupId: 'io.github.cdk-qualys-connectors',
    mavenArtifactId: 'cdk-qualys-connectors',
  },
  publishToGo: { moduleName: 'github.com/cdk-qualys-connectors/cdk-qualys-connectors-go', packageName: 'cdkqualysconnectors' },
  publishToNuget: { dotNetNamespace: 'CdkQualysConnectors', packageId: 'CdkQualysConnectors' },
  depsUpgrade: false, // versions are pinned for reasons; upgrades are commits of their own
  pullRequestTemplateContents: PULL_REQUEST,
  githubOptions: { mergify: false, pullRequestLint: false },

  gitignore: ['/.emulator/', '/.demo/', '/.as-shipped/', '/.bench/', '/.look/', '/.worlds/', '/assets/', '.jsii.tabl.json*', 'cdk.out/', '__pycache__/', '*.pyc',
    '/examples/languages/csharp/**/bin/', '/examples/languages/csharp/**/obj/'],
  npmIgnoreOptions: {
    ignorePatterns: [
      '/lambda/', '/examples/', '/rosetta/', '/bench/', '/.bench/', '/.look/', '/.ci/', '/.emulator/', '/.demo/', '/.as-shipped/', '/.worlds/', '.jsii.tabl.json',
      'cdk.out',
      '/docs/', '/ARCHITECTURE.md', '/CONTRIBUTING.md', '/SECURITY.md', // for those who read the repository
    ],
  },

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      // Examples import the package by its name, as a consumer would.
      moduleNameMapper: { '^cdk-qualys-connectors$': '<rootDir>/src' },
      setupFiles: ['<rootDir>/test/support/without-traces.cjs'],
      testPathIgnorePatterns: ['/node_modules/', '/test/new-apps/'], // of the newest AWS CDK: test/world.ts
      testTimeout: 30_000,
      collectCoverage: false,
      cacheDirectory: '<rootDir>/node_modules/.cache/jest', // lasts longer than a folder for temporary files
    },
  },
  eslintOptions: { dirs: ['src', 'lambda'], devdirs: ['test', 'examples', 'bench', 'projenrc'] },

  // They would be a third of the tarball, and map to sources that are not in it.
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } },
  tsconfigDev: { include: ['../examples/**/*.ts', '../bench/**/*.ts', '../projenrc/**/*.ts'], compilerOptions: { paths: { 'cdk-qualys-connectors': ['../src'] } } },
});

// Jest does without ts-jest, which loads the compiler into each worker, and checks no types either.
project.jest!.config.transform = { '\\.ts$': '<rootDir>/test/support/transform.cjs' };
project.deps.removeDependency('ts-jest');

// Versions that the packaging of Go, and `npm ci`, need to be exact.
project.package.addField('overrides', {
  '@aws-cdk/cloud-assembly-schema': '54.11.0',
  '@aws-cdk/asset-node-proxy-agent-v6': '2.1.2',
  'unrs-resolver': '1.12.2', // 1.13.0 lacks some of its platform packages
});

// projen has no option for it.
project.package.file.addOverride('jsii.targets.python.classifiers', ['Framework :: AWS CDK', 'Framework :: AWS CDK :: 2']);

// --- handlers ------------------------------------------------------------------------------------------------
new javascript.TypescriptConfig(project, {
  fileName: 'lambda/tsconfig.json',
  extends: javascript.TypescriptConfigExtends.fromTypescriptConfigs([project.tsconfig!]),
  include: ['**/*.ts'],
  compilerOptions: { rootDir: '..', noEmit: true, types: ['node', 'aws-lambda'] },
});
for (const [name, { feature }] of Object.entries(HANDLERS)) {
  new awscdk.LambdaFunction(project, {
    entrypoint: `lambda/${name}.lambda.ts`,
    constructFile: `src/${feature}/private/${name}-function.ts`,
    cdkDeps: project.cdkDeps,
    // The newest runtime, so that no reviewer's check calls it old; compiled for the oldest Node that runs the tests.
    runtime: new awscdk.LambdaRuntime('nodejs24.x', 'node20'),
    awsSdkConnectionReuse: false, // an environment variable for SDK v2, which is not used
  });
  // projen's own call of esbuild neither minifies nor keeps the licences of what is bundled.
  project.tasks.tryFind(`bundle:lambda/${name}.lambda`)!.reset(`tsx projenrc/bundle/main.ts ${name}`);
  project.removeTask(`bundle:lambda/${name}.lambda:watch`);
}
const typecheckHandlers = project.addTask('typecheck:handlers', { description: 'Check the types of lambda/', exec: 'tsc -p lambda/tsconfig.json' });
project.preCompileTask.spawn(typecheckHandlers);
project.eslint?.allowDevDeps('lambda/**');
// Two walls (a handler sees nothing of src/ but the wire, and the wire nothing of AWS CDK), and floors: a folder imports those before it.
// One arrow goes up: base-account takes the accounts that a key is tried on from role, which trusts a user of base-account.
const FLOORS = ['wire', 'private', 'service', 'base-account', 'role', 'connector', 'monitoring', 'fleet', 'review'];
const above = (floor: string) => FLOORS.slice(FLOORS.indexOf(floor) + 1);
project.eslint?.addRules({
  'import/no-restricted-paths': ['error', {
    zones: [
      { target: './lambda', from: './src', except: ['./wire'] },
      { target: './src/wire', from: '.', except: ['./src/wire'] },
      ...FLOORS.slice(1).flatMap((floor) => above(floor).map((higher) => ({
        target: `./src/${floor}`, from: `./src/${higher}`, ...floor === 'base-account' && higher === 'role' ? { except: ['./connected-accounts.ts', './private/account-source.ts'] } : {},
      }))),
    ],
  }],
  // One style for an if with one short statement: without braces, on its line.
  'curly': ['error', 'multi-or-nest', 'consistent'],
  '@stylistic/nonblock-statement-body-position': ['error', 'beside'],
});

// --- examples ------------------------------------------------------------------------------------------------
// They import the package by its name; the types of test/ cover them too, ESLint wants a tsconfig beside them.
for (const folder of ['examples', 'bench']) {
  new javascript.TypescriptConfig(project, {
    fileName: `${folder}/tsconfig.json`,
    extends: javascript.TypescriptConfigExtends.fromPaths(['../test/tsconfig.json']),
    include: ['**/*.ts'],
  });
}
project.eslint?.addOverride({ files: ['bench/**'], rules: { '@typescript-eslint/no-require-imports': 'off' } }); // what is loaded when is measured
project.eslint?.addOverride({ files: ['examples/**', 'bench/**', 'test/deploy/apps/**', 'test/package/reviewed/**', 'test/constructs/programs/**'], rules: { 'import/no-unresolved': 'off' } });

// --- compiling ---------------------------------------------------------------------------------------------
// A name that is a reserved word in one of the languages is a warning: none is let pass.
project.compileTask.reset('jsii --fail-on-warnings');

// --- loading -------------------------------------------------------------------------------------------------
// Each file of the library is loaded at the first use of what it exports: requiring the library costs next to nothing.
project.compileTask.exec('tsx projenrc/lazy-index.ts lib/index.js');

// --- documentation -------------------------------------------------------------------------------------------
// The translated examples ship with the package (a tablet of 8 KB). Construct Hub shows them; without it, it would have to
// compile them itself, which fails for want of the fixture, and mark each as one that may contain errors.
const docsCheck = project.addTask('docs:check', {
  description: 'Compile the examples of README.md and of the docstrings',
  exec: 'jsii-rosetta extract --strict --compress-tablet',
});
project.postCompileTask.spawn(docsCheck);

apiPages(project);
packageForLanguages(project);

// --- the review page -----------------------------------------------------------------------------------------
project.addTask('look:review', {
  description: 'Look at the review page and the pictures of pull requests in a browser, with the rules of accessibility; screenshots go to .look/',
  env: { REQUIRE_BROWSER: 'true', SCREENSHOTS: '.look' },
  exec: 'jest test/tools/review-',
});

// --- workflows -----------------------------------------------------------------------------------------------
pinActions(project);
continuousIntegration(project, 'main');
releaseByHand(project);

// --- the README's two commands -------------------------------------------------------------------------------
// A script and no task: projen hands arguments over without their quotes, and the command of an app has blanks.
project.package.setScript('demo', 'projen bundle && tsx --tsconfig test/tsconfig.json test/deploy/demo/main.ts');

// --- what it costs -------------------------------------------------------------------------------------------
const bench = project.addTask('bench', { description: 'Measure what the library costs; the results go into bench/README.md' });
bench.spawn(project.tasks.tryFind('bundle')!);
bench.spawn(project.compileTask);
bench.exec('tsx --tsconfig test/tsconfig.json bench/main.ts', { receiveArgs: true });

// --- the inner loop, and the gate ----------------------------------------------------------------------------
innerLoop(project);
// Lint, types, compilation, documentation and every suite, with one closing line that sums them up.
project.testTask.reset('tsx test/all.ts', { receiveArgs: true });

project.synth();
