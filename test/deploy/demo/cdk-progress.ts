import { Report } from './report';

/** `Stack | 3/21 | 12:34:56 | CREATE_COMPLETE | AWS::IAM::User | Path/Of/It (LogicalId)` */
const EVENT = /^(\S+) \|[^|]+\|[^|]+\| ([A-Z_]+)\s*\| ([\w:]+)\s*\| (\S*)/;

/** Turns the lines of the CDK CLI into live progress; what a stack or a custom resource ends with is a milestone. */
export function showProgress(report: Report): (line: string) => void {
  return (line) => {
    const [, stack, status = '', type = '', path = ''] = EVENT.exec(line.trim()) ?? [];
    if (stack === undefined) return;
    const over = !status.endsWith('_IN_PROGRESS');
    const milestone = over && (type === 'AWS::CloudFormation::Stack' || type.startsWith('Custom::'));
    report.progress(`${stack.padEnd(16)} ${status.toLowerCase().replace(/_/g, ' ')} ${type} ${path}`, milestone);
  };
}
