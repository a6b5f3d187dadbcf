import { testEveryCall } from './every-call';
import { FLEET_OPERATIONS } from '../operations/fleet';

testEveryCall(FLEET_OPERATIONS);
