/*
 * Many connector roles of two kinds, each account with its own stack or ten of them in one: `node review.js ROLES STACKS OUTDIR`. Prints how
 * long synthesis took, and after it reading, drawing and comparing the trust map, and how long its pages are.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { App, Stack } from 'aws-cdk-lib';
import { ConnectorPermissions, ConnectorRole, ExternalId, TrustMap, TrustPrincipal } from 'cdk-qualys-connectors';

const [roles, stacks, outdir] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]!];
const region = 'us-east-1';

function build(directory: string, count: number, of: number): App {
  const app = new App({ outdir: directory });
  for (let index = 0; index < of; index += 1) {
    const stack = new Stack(app, `Stack${index}`, { env: { account: String(100_000_000_000 + index * 37), region } });
    for (let role = 0; role < count / of; role += 1) {
      const isInventory = (index + role) % 2 === 1;
      new ConnectorRole(stack, `Role${role}`, {
        roleName: `${isInventory ? 'QualysInventory' : 'QualysConnector'}${count / of > 1 ? role : ''}`,
        trust: TrustPrincipal.baseAccount('111111111111', { userName: 'qualys-base-account' }),
        externalId: ExternalId.perAccount('8317265094418823'),
        permissions: isInventory ? ConnectorPermissions.assetInventory() : ConnectorPermissions.securityPosture(),
      });
    }
  }
  return app;
}

// Loads what is loaded at first use.
const warm = TrustMap.fromStage(build(`${outdir}-warm`, 2, 2));
warm.toMarkdown(warm);
warm.toHtml();

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
let [start, used] = [performance.now(), process.cpuUsage()];
const lap = (): { readonly ms: number; readonly cpu: number } => {
  const { user, system } = process.cpuUsage(used);
  const took = { ms: performance.now() - start, cpu: (user + system) / 1000 };
  // What synthesis leaves behind is large, and whoever comes next would pay for it or not by chance: it counts on no side.
  collect();
  [start, used] = [performance.now(), process.cpuUsage()];
  return took;
};
build(outdir, roles, stacks).synth();
const synth = lap();
const map = TrustMap.fromAssembly(outdir);
const read = lap();
const pages = [map.toMarkdown(), map.toHtml(), map.toJson()].map((text) => text.length);
const draw = lap();
map.changesSince(TrustMap.fromAssembly(`${outdir}-warm`));
const compare = lap();
const mermaid = map.toMarkdown().split('```')[1]!.length;
const groups = map.toMarkdown().match(/^\| `/gm)!.length;
console.log(JSON.stringify({ synth, read, draw, compare, pages, mermaid, groups }));
