import { testEveryCall } from './every-call';
import { KEY_OPERATIONS } from '../operations/key';

testEveryCall(KEY_OPERATIONS);
