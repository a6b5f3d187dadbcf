import { interleaved, ratios, sampleOf, show } from '../../bench/figures';
import { markdown, replaceResults } from '../../bench/table';

test('median and spread', () => {
  expect(sampleOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  expect(show(sampleOf([4, 1, 2, 3]), 1)).toBe('2.5 (1.0..4.0)');
});

test('a ratio is that of one round, not of the medians', () => {
  expect(ratios([10, 200, 33], [10, 100, 30])).toEqual({ median: 1.1, min: 1, max: 2 });
});

test('sides take turns, and each of them begins', async () => {
  const order: string[] = [];
  const side = (name: string) => async () => { order.push(name); return order.length; };
  expect(await interleaved(2, { a: side('a'), b: side('b') })).toEqual({ a: [1, 4], b: [2, 3] });
  expect(order.join('')).toBe('abba');
});

test('results go where the last ones stood, and nowhere else', () => {
  const results = markdown({ title: 'T', notes: ['n'], columns: ['x', 'y'], rows: [['1', '2']] });
  const once = replaceResults('before <!-- results: begin --> old <!-- results: end --> after', results);
  expect(once).toContain('| x | y |\n| --- | --- |\n| 1 | 2 |');
  expect(once).not.toContain('old');
  expect(replaceResults(once, results)).toBe(once);
  expect(() => replaceResults('nothing', results)).toThrow('bench/README.md has no');
});
