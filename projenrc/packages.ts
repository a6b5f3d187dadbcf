import { awscdk } from 'projen';

/** Adds tasks that package the library, for all languages or for npm alone, and check the packages. */
export function packageForLanguages(project: awscdk.AwsCdkConstructLibrary): void {
  const check = 'tsx projenrc/package/check.ts';
  const csharp = 'tsx projenrc/package/csharp.ts';

  const pack = project.addTask('packages:pack', {
    description: 'Package what is compiled: npm, Python, Java, Go, and C#, as sources where there is no .NET SDK; the bill of materials beside it',
  });
  // Not all of dist/, because a release has already written its version, tag and changelog there.
  pack.exec('rm -rf dist/js dist/python dist/java dist/go dist/dotnet');
  pack.exec('jsii-pacmak -t js python java go --rosetta-unknown-snippets=fail --maven-local-repository=.as-shipped/maven');
  pack.exec(check);
  pack.exec(csharp);
  pack.exec('tsx projenrc/package/write-sbom.ts');
  const packAll = project.addTask('packages', { description: 'Compile, and package for every language' });
  for (const task of [project.preCompileTask, project.compileTask, project.postCompileTask, pack]) packAll.spawn(task);

  project.tasks.tryFind('package:js')!.exec(check);
  project.tasks.tryFind('package:dotnet')!.reset(csharp);
  // projen's own tasks package each language separately, and fail without .NET.
  for (const task of [project.packageTask, project.tasks.tryFind('package-all')!]) {
    task.reset();
    task.spawn(pack);
  }
}
