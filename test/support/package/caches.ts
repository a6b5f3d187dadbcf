import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../emulator/repository';

/** What the clients of the other languages download and compile: 1 GB, for the packages and the apps that use them. */
const CACHES = join(REPOSITORY, '.as-shipped');

/** The task `packages:pack` names it too. */
export const MAVEN_REPOSITORY = join(CACHES, 'maven');

export const NUGET_PACKAGES = join(CACHES, 'nuget');

export function cacheEnvironment(): Record<string, string> {
  return {
    GOPATH: join(CACHES, 'go'),
    GOMODCACHE: join(CACHES, 'go', 'pkg', 'mod'),
    GOCACHE: join(CACHES, 'go-build'),
    // Without the first, a module's files cannot be removed again; the second would want a healthy git around a copied example.
    GOFLAGS: '-modcacherw -buildvcs=false',
    // The packager compiles the module only to see that it compiles; the app of the test does that too.
    JSII_BUILD_GO: '0',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    // Python compiles what it loads; all of the AWS CDK would take longer than everything else about its app.
    PIP_COMPILE: '0',
    NUGET_PACKAGES,
    DOTNET_CLI_HOME: join(CACHES, 'dotnet'),
    DOTNET_CLI_TELEMETRY_OPTOUT: '1',
    DOTNET_NOLOGO: '1',
    // Maven is over before the second compiler of the JVM pays.
    MAVEN_OPTS: '-XX:TieredStopAtLevel=1',
  };
}

export function removeCaches(): void {
  rmSync(CACHES, { recursive: true, force: true });
}
