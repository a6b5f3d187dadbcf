import { testEveryCall } from './every-call';
import { ROTATION_OPERATIONS } from '../operations/rotation';

testEveryCall(ROTATION_OPERATIONS.filter(({ name }) => name.startsWith('the daily run')));
