import { testEveryCall } from './every-call';
import { CONNECTOR_OPERATIONS } from './operations/connector';

testEveryCall(CONNECTOR_OPERATIONS);
