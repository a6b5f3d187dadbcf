import { createHash } from 'crypto';
import { compare, Role } from './model';
import { linesOf, PolicyText, summaryOf } from './templates/policies';

type RightsOf = Pick<Role, 'may' | 'grants'>;

/** What roles may do, each list once. */
export class Rights {
  public readonly lines: Record<string, readonly string[]> = {};
  private readonly known = new Map<string, RightsOf>();
  private readonly numbers = new Map<PolicyText, number>();

  public of(names: readonly string[], texts: readonly PolicyText[], account: string): RightsOf {
    for (const text of texts) if (!this.numbers.has(text)) this.numbers.set(text, this.numbers.size);
    const key = `${names.join()} ${texts.map((text) => this.numbers.get(text)).join()}`;
    let rights = this.known.get(key);
    if (!rights) this.known.set(key, rights = this.anew(names, texts, account));
    return rights;
  }

  private anew(names: readonly string[], texts: readonly PolicyText[], account: string): RightsOf {
    const may = [...names, ...texts.map(summaryOf).sort(compare)];
    const lines = [...names, ...texts.flatMap((text) => linesOf(text, account))].sort(compare);
    if (lines.length === 0) return { may, grants: '' };
    const grants = createHash('sha256').update(JSON.stringify(lines)).digest('hex').slice(0, 12);
    this.lines[grants] = lines;
    return { may, grants };
  }
}
