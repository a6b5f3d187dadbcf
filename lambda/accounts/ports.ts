/** An instance of a stack set, as CloudFormation lists it. */
export interface StackInstance {
  readonly accountId: string;
  readonly region: string;
  /** The organizational unit that the instance was deployed for. Undefined for self-managed stack sets. */
  readonly unitId?: string;
  /** CURRENT, OUTDATED or INOPERABLE. */
  readonly status: string;
  /** PENDING, RUNNING, SUCCEEDED, FAILED and so on. Undefined for very old stack sets. */
  readonly detailedStatus?: string;
  /** Reason of the status, in AWS's words. */
  readonly reason?: string;
}

export interface StackSetOperation {
  readonly id: string;
  /** QUEUED, RUNNING, STOPPING, SUCCEEDED, FAILED, STOPPED. */
  readonly status: string;
}

/** The region of a stack set, and the account on whose behalf to read it. */
export interface StackSetPlace {
  readonly name: string;
  readonly region: string;
  readonly callAs: 'SELF' | 'DELEGATED_ADMIN';
}

/** Reads stack sets. */
export interface StackSets {
  /** All instances, those of an operation, or those of an account. */
  instances(set: StackSetPlace, some?: { readonly operationId?: string; readonly accountId?: string }): Promise<readonly StackInstance[]>;
  /** The first page of operations, the newest first. */
  operations(set: StackSetPlace): Promise<readonly StackSetOperation[]>;
}

/** An account of the organization. */
export interface OrganizationAccount {
  readonly accountId: string;
  readonly name?: string;
  /** False when it is suspended, or being closed. */
  readonly isActive: boolean;
  /** The organizational units that contain the account, up to the root. Undefined when AWS does not say. */
  readonly units?: readonly string[];
}

/** Reads the organization. */
export interface Organization {
  /** All accounts of the organization. */
  accounts(): Promise<readonly OrganizationAccount[]>;
}

/** The clients that read accounts. */
export interface AccountReaders {
  readonly stackSets: StackSets;
  readonly organization: Organization;
}
