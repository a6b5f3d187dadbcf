import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A finding of a reviewers' rule on one construct. */
export interface Finding {
  readonly plugin: string;
  readonly rule: string;
  readonly construct: string;
  /** Of one that is acknowledged. */
  readonly reason?: string;
}

export interface ValidationReport {
  /** The plugins that looked. */
  readonly plugins: string[];
  readonly open: Finding[];
  readonly acknowledged: Finding[];
}

interface Violation {
  readonly ruleName: string;
  readonly suppressed?: boolean;
  readonly reason?: string;
  readonly violatingConstructs: ReadonlyArray<{ readonly constructPath?: string }>;
}

interface PluginReport {
  readonly pluginName: string;
  readonly conclusion: string;
  readonly violations: readonly Violation[];
  readonly suppressedViolations?: readonly Violation[];
}

/** What AWS CDK writes into the cloud assembly about its validation plugins. */
export function readValidationReport(assembly: string): ValidationReport {
  const { pluginReports } = JSON.parse(readFileSync(join(assembly, 'validation-report.json'), 'utf8')) as { pluginReports: PluginReport[] };
  const all = (pick: (report: PluginReport) => readonly Violation[] | undefined): Finding[] => pluginReports.flatMap((report) => (pick(report) ?? [])
    .flatMap(({ ruleName, reason, violatingConstructs }) => violatingConstructs.map(({ constructPath = '' }) => (
      { plugin: report.pluginName, rule: ruleName, construct: constructPath, ...reason === undefined ? {} : { reason } }))));
  return {
    plugins: pluginReports.map(({ pluginName }) => pluginName),
    open: all(({ violations }) => violations),
    acknowledged: all(({ suppressedViolations }) => suppressedViolations),
  };
}
