/*
 * Writes C# into dist/dotnet: always the sources, and the NuGet package if there is a .NET SDK. With `REQUIRE_DOTNET=true` in the environment a missing
 * SDK is an error, because a release has all languages.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${status ?? error?.message ?? 'a signal'}`);
}

function main(): void {
  const pack = ['-t', 'dotnet', '--rosetta-unknown-snippets=fail'];
  run('jsii-pacmak', [...pack, '--code-only']);
  const hasSdk = spawnSync('dotnet', ['--version'], { stdio: 'ignore' }).status === 0;
  if (hasSdk) run('jsii-pacmak', pack, { DirectoryBuildPropsPath: join(__dirname, 'nuget.props') });
  else if (process.env.REQUIRE_DOTNET === 'true') throw new Error('there is no dotnet on PATH, and REQUIRE_DOTNET asks for it: install a .NET SDK');
  else console.log('C# was generated, not compiled: there is no dotnet on PATH');
}

main();
