import { testEveryCall } from './every-call';
import { REGISTRATION_OPERATIONS } from '../operations/registration';
import { TAKEOVER_OPERATIONS } from '../operations/takeover';

testEveryCall(REGISTRATION_OPERATIONS);
testEveryCall(TAKEOVER_OPERATIONS);
