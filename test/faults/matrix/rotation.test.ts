import { testEveryCall } from './every-call';
import { ROTATION_OPERATIONS } from '../operations/rotation';

// The daily run is in a file of its own, so that two workers share the load.
testEveryCall(ROTATION_OPERATIONS.filter(({ name }) => !name.startsWith('the daily run')));
