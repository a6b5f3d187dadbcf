import { fleet } from './sections/fleet';
import { markdown } from './table';
void fleet(3, process.argv.includes('--all')).then((s) => console.log(markdown(s)));
