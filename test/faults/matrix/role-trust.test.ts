import { testEveryCall } from './every-call';
import { ROLE_TRUST_OPERATIONS } from '../operations/role-trust';

testEveryCall(ROLE_TRUST_OPERATIONS);
