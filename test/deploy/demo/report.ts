/** What a person sees of a run: titles, facts, checks that hold or fail, and a line that lives while something is under way. */
export class Report {
  /** What did not come out as it says. */
  public readonly failures: string[] = [];
  private live = false;
  private readonly begun = Date.now();

  public constructor(private readonly out: NodeJS.WriteStream = process.stdout) {}

  public title(text: string): void {
    this.line(`\n${this.bold(text)}`);
  }

  public fact(name: string, value: string): void {
    this.line(`  ${name.padEnd(20)} ${value}`);
  }

  public text(text: string): void {
    this.line(`  ${text}`);
  }

  /** A statement about what happened, and whether it holds. */
  public check(statement: string, holds: boolean, instead = ''): void {
    this.line(`  ${holds ? this.color(32, '✓') : this.color(31, '✗')} ${statement}${holds || instead === '' ? '' : `: ${instead}`}`);
    if (!holds) this.failures.push(statement);
  }

  /** Replaces itself on a terminal; elsewhere only the milestones are printed. */
  public progress(text: string, milestone = false): void {
    if (this.out.isTTY) {
      const seconds = String(Math.round((Date.now() - this.begun) / 1000)).padStart(4);
      this.out.write(`\r\x1b[2K  ${seconds} s  ${text}`.slice(0, this.out.columns + 6));
      this.live = true;
    } else if (milestone) {
      this.line(`  ${text}`);
    }
  }

  /** Ends with the time that all of it took. */
  public end(): void {
    const seconds = Math.round((Date.now() - this.begun) / 1000);
    const outcome = this.failures.length === 0 ? 'Everything is as it says' : `Not as it says: ${this.failures.join('; ')}`;
    this.line(`\n${this.bold(outcome)} (${seconds} s).`);
  }

  private line(text: string): void {
    if (this.live) {
      this.out.write('\r\x1b[2K');
      this.live = false;
    }
    this.out.write(`${text}\n`);
  }

  private bold(text: string): string {
    return this.color(1, text);
  }

  private color(code: number, text: string): string {
    return this.out.isTTY ? `\x1b[${code}m${text}\x1b[0m` : text;
  }
}
