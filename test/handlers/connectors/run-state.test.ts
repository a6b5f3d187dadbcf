import { progressOf } from '../../../lambda/connectors/verification/run';

test.each([
  ['FINISHED_SUCCESS', 'SUCCEEDED'], ['SUCCESS', 'SUCCEEDED'],
  ['FINISHED_ERRORS', 'FAILED'], ['ERROR', 'FAILED'], ['INCOMPLETE', 'FAILED'],
  ['PENDING', 'UNDER_WAY'], ['QUEUED', 'UNDER_WAY'], ['RUNNING', 'UNDER_WAY'], ['PROCESSING', 'UNDER_WAY'],
  ['DISABLED', 'DISABLED'],
  ['Completed successfully', 'SUCCEEDED'], ['Completed with errors', 'FAILED'], ['Completed unsuccessfully', 'FAILED'], ['Failed to connect', 'FAILED'],
  ['Synchronizing', 'UNDER_WAY'], ['REGIONS_DISCOVERED', 'UNDER_WAY'], ['Disabled', 'DISABLED'],
  ['something new', 'UNDER_WAY'], ['constructor', 'UNDER_WAY'], [undefined, 'UNDER_WAY'],
])('%s is %s', (state, progress) => {
  expect(progressOf(state)).toBe(progress);
});
