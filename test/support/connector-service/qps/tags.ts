import { Noun } from './qps';
import { ServiceError } from '../service-error';

/** Not consecutive, so that nobody counts on it. */
const FIRST_ID = 41_007;
const STEP = 5;
const OBJECT_NAME = 'Tag';

/** The tags of the subscription. Names need not be unique: the vendor's tags form a tree. */
export class Tags {
  readonly #names: string[] = [];

  /** Answers its ID. */
  public create(name: string): number {
    return FIRST_ID + STEP * (this.#names.push(name) - 1);
  }

  public rename(name: string, to: string): void {
    this.#names.splice(this.#names.indexOf(name), 1, to);
  }

  public named(name: string): number[] {
    return this.#names.flatMap((one, index) => (one === name ? [FIRST_ID + STEP * index] : []));
  }
}

/** The noun `tag` of the Asset Management and Tagging API 2.0, as far as it is asked: by the whole name. */
export function tagNoun(tags: Tags): Noun {
  return {
    search: {
      method: 'POST',
      answer: ({ filters }) => {
        const [criterion, ...more] = filters?.Criteria ?? [];
        if (criterion?.field !== 'name' || criterion.operator !== 'EQUALS' || more.length > 0) throw new ServiceError('INVALID_REQUEST', 'the stand-in looks for tags by one criterion alone: name EQUALS');

        return { objectName: OBJECT_NAME, objects: tags.named(criterion.value).map((id) => ({ id, name: criterion.value })) };
      },
    },
  };
}
