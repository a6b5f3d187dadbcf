import { createHash } from 'node:crypto';

/** The parts of package.json that a bill of materials needs. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

export interface Shipped {
  readonly tarball: Buffer;
  readonly manifest: Manifest;
  /** The texts of THIRD-PARTY-NOTICES, one for each handler. */
  readonly notices: readonly string[];
  /** The entry of a package in package-lock.json. */
  readonly locked: (name: string) => { readonly version: string; readonly integrity?: string; readonly license?: string };
}

/** The heading of a package's licence, as notices.ts writes it. */
const BUNDLED = /^-+\n(?<name>\S+) (?<version>\S+) \((?<license>[^)\n]+)\)\n-+$/gm;

/**
 * Returns the bill of materials of a release in CycloneDX 1.5. The same tarball always gives the same bill. It lists
 *
 * - the tarball, which is in the package of every language;
 * - the packages whose code is bundled into the handlers;
 * - the peer dependencies, which the user's app brings.
 */
export function bill({ tarball, manifest, notices, locked }: Shipped): object {
  const hash = createHash('sha512').update(tarball).digest('hex');
  const bundled = new Map(notices.flatMap((text) => [...text.matchAll(BUNDLED)]).map(({ groups }) => [groups!.name!, groups!]));
  const subject = { ...component(manifest), description: manifest.description, hashes: [{ alg: 'SHA-512', content: hash }] };
  const components = [
    ...[...bundled].map(([name, { version, license }]) => {
      if (locked(name).version !== version) throw new Error(`${name} ${version} is bundled, but package-lock.json has ${locked(name).version}: bundle again`);
      return { ...component({ name, version: version!, license: license! }), ...integrity(locked(name).integrity), description: 'Bundled into the handlers' };
    }),
    ...Object.entries(manifest.peerDependencies).map(([name, range]) => (
      { ...component({ license: 'Apache-2.0', ...locked(name), name }), description: `Peer: the user's app brings it, ${range}; built with this version` }
    )),
  ];
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${uuid(hash)}`,
    version: 1,
    metadata: { lifecycles: [{ phase: 'build' }], component: subject },
    components,
    dependencies: [
      { ref: subject['bom-ref'], dependsOn: components.map((each) => each['bom-ref']) },
      ...components.map((each) => ({ ref: each['bom-ref'], dependsOn: [] })),
    ],
  };
}

function component({ name, version, license }: { readonly name: string; readonly version: string; readonly license: string }) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return { 'type': 'library', 'bom-ref': purl, name, version, 'scope': 'required', purl, 'licenses': [{ expression: license }] };
}

/** The hash of a package for the bill. npm writes it in base64, the bill in hex. */
function integrity(text?: string): object {
  const [, hash] = /^sha512-(.+)$/.exec(text ?? '') ?? [];
  return hash === undefined ? {} : { hashes: [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }] };
}

/** Makes a UUID of version 8 (the version for custom formats) from a hash. */
function uuid(hash: string): string {
  return [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-');
}
