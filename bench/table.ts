export interface Section {
  readonly title: string;
  /** What was measured and what was not, in sentences. */
  readonly notes: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function markdown({ title, notes, columns, rows }: Section): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [`### ${title}`, '', line(columns), line(columns.map(() => '---')), ...rows.map(line), '', ...notes].join('\n');
}

const BEGIN = '<!-- results: begin -->';
const END = '<!-- results: end -->';

/** Puts the results where the last ones stood. */
export function replaceResults(text: string, results: string): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`bench/README.md has no ${BEGIN} and ${END}: put them where the results belong`);
  return `${text.slice(0, begin + BEGIN.length)}\n\n${results}\n\n${text.slice(end)}`;
}
