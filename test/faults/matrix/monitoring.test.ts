import { testEveryCall } from './every-call';
import { MONITORING_OPERATIONS } from '../operations/monitoring';

testEveryCall(MONITORING_OPERATIONS);
