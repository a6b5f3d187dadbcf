import { awscdk } from 'projen';

/** Adds the task that writes API.md and the pages of the other languages, `docs/api.*.md`. The gate fails for stale pages. */
export function apiPages(project: awscdk.AwsCdkConstructLibrary): void {
  const task = project.addTask('docs:api', { description: 'Compile, and write the API pages of all languages' });
  task.spawn(project.compileTask);
  task.spawn(project.tasks.tryFind('docs:check')!);
  task.exec('tsx projenrc/api-pages.ts');
  project.annotateGenerated('/docs/api.*.md');
}
