import { testEveryCall } from './every-call';
import { CONNECTOR_OPERATIONS, LOOKUP_OPERATIONS } from '../operations/connector';

testEveryCall(CONNECTOR_OPERATIONS);
testEveryCall(LOOKUP_OPERATIONS);
