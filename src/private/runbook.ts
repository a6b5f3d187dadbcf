/** Where the description of an alarm leads: a heading of RUNBOOK.md, which the package brings along. */
export function inRunbook(construct: string, alarm: string): string {
  return `What to do: RUNBOOK.md of cdk-qualys-connectors, "${construct}: ${alarm}".`;
}
