import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Synthesized } from './deployable';
import { nameOf } from '../synth/synth';

/** Makes constructs of what a test says in plain data. */
export type Build<Said extends object> = (stack: Stack, said: Said) => void;

const made = new Map<string, Synthesized>();

/**
 * The template that AWS CDK makes of it, for whatever account and region. Logical IDs are without their hash, everywhere in it: the
 * functions hear of them too. What is said again is not synthesized again.
 */
export function synthesized<Said extends object>(build: Build<Said>, said: Said): Synthesized {
  const key = `${build.name} ${JSON.stringify(said)}`;
  let template = made.get(key);
  if (!template) {
    const stack = new Stack(new App({ context: { 'aws:cdk:disable-asset-staging': true } }), 'Stack');
    build(stack, said);
    template = named(Template.fromStack(stack).toJSON() as Synthesized);
    made.set(key, template);
  }
  return template;
}

/** The same template with logical IDs that can be read. */
export function named(template: Synthesized): Synthesized {
  const ids = Object.keys(template.Resources).filter((id) => nameOf(id) !== id);
  const names = new Set(Object.keys(template.Resources).map(nameOf));
  if (names.size < Object.keys(template.Resources).length) throw new Error('two resources have one name');
  return JSON.parse(ids.reduce((text, id) => text.replaceAll(id, nameOf(id)), JSON.stringify(template)));
}
