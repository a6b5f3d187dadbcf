import type { TrustChange, TrustVerdict } from '../trust-change';

/* What the map knows: who may become whom, with which key. It is what a trust-map.json holds, and what each page is drawn from. */

/** Whom a way in lets in: a base account, the Qualys account, another AWS account, everybody, an identity provider, an AWS service. */
export type CallerKind = 'base' | 'qualys' | 'account' | 'anyone' | 'provider' | 'service' | 'unknown';

/** One way into a role. */
export interface Way {
  readonly kind: CallerKind;
  /** In words. */
  readonly caller: string;
  /** What is asked of the caller, in words: each has to hold. */
  readonly only: readonly string[];
  /** What is wrong with it. */
  readonly flaw?: Flaw;
}

/** The rule that a way breaks, and in words what is wrong. */
export interface Flaw {
  readonly rule: RuleName;
  readonly says: string;
}

export type RuleName = 'external-id' | 'anyone' | 'whole-account' | 'key-in-template';

export interface Role {
  readonly name: string;
  /** Accounts, or in words those of a stack set. */
  readonly where: readonly string[];
  readonly partition: string;
  /** Made here, or only its trust is edited here. */
  readonly origin: 'made' | 'edited';
  readonly ways: readonly Way[];
  /** What it may do, in words, and the list that these words stand for. */
  readonly may: readonly string[];
  readonly grants: string;
  readonly boundary?: string;
  /** Connectors of the app that present another external ID than it asks for. */
  readonly shutOut?: readonly string[];
}

/** A long-lived access key. */
export interface Key {
  readonly user: string;
  readonly account: string;
  readonly opens: readonly string[];
  readonly rotates: string;
  readonly removal: string;
  readonly flaw?: Flaw;
}

/** What the connector service is told of a base account. */
export interface Entry {
  readonly title: string;
  readonly account: string;
  readonly user: string;
  readonly accountType: string;
  readonly platform: string;
  readonly delivery: string;
  readonly rotates: string;
  readonly removal: string;
  /** Whether the entry is kept while connectors use it. */
  readonly isProtected: boolean;
}

export interface Model {
  readonly roles: readonly Role[];
  readonly keys: readonly Key[];
  readonly entries: readonly Entry[];
  /** By the ID that roles refer to: what may be done, one action and resource a line. */
  readonly grants: Readonly<Record<string, readonly string[]>>;
  readonly read: {
    readonly templates: number;
    readonly roles: number;
    /** What was not read, a sentence each. */
    readonly unread: readonly string[];
  };
}

/** Stands for the account, partition and region that only the deployment knows. */
export const ACCOUNT = '‹account›';
export const PARTITION = '‹partition›';
export const REGION = '‹region›';
export const WHEN_DEPLOYED = '‹known when deployed›';
/** The caller of a statement that cannot be read from the template. */
export const UNREADABLE = 'whoever the deployment names';
export const LOOKED_UP = '‹looked up›';

/** What only the deployment knows stands in a text as `${Name}` or between angle quotes. */
export const isKnown = (text: string): boolean => !/\$\{|[‹›]/.test(text);

export const isAccountId = (text: string): boolean => /^\d{12}$/.test(text);

/** One line of what a change does, without what it happens to. */
export type Change = Omit<TrustChange, 'roles'>;

export const changed = (verdict: TrustVerdict, change: string, before: string, after: string): Change => ({ verdict, change, before, after });
