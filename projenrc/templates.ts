/** The text of a new pull request. */
export const PULL_REQUEST = [
  '<!-- What changes for a user, and why. Name the issue if there is one. -->',
  '',
  '- [ ] `npm test` passes; a test fails without the change.',
  '- [ ] Templates of today\'s users stay: no logical ID moves, nothing is replaced.',
  '- [ ] README, docstrings and CHANGELOG.md say it, if a user can see it.',
];
