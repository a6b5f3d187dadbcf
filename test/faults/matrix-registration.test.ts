import { testEveryCall } from './every-call';
import { REGISTRATION_OPERATIONS } from './operations/registration';

testEveryCall(REGISTRATION_OPERATIONS);
