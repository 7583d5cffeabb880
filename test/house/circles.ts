// Circles: files that import each other, in any number of steps, type-only imports included.
import { posix } from 'node:path';
import { manifestsOf } from './arrows.ts';
import { SCOPE } from './rooms.ts';
import { importsOf } from './syntax.ts';
import { isCode, type Problem, type Tree } from './tree.ts';

/** One import that was followed to a file of the tree. */
interface Edge {
  readonly to: string;
  readonly line: number;
}
type Graph = ReadonlyMap<string, readonly Edge[]>;

/** One problem for each knot of files: its shortest circle through the knot's first file. */
export function circles(tree: Tree): Problem[] {
  const graph = graphOf(tree);
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const start of [...graph.keys()].toSorted()) {
    if (seen.has(start)) continue;
    const circle = shortestCircle(graph, start);
    if (!circle) continue;
    for (const path of circle) seen.add(path);
    const line = graph.get(start)?.find((edge) => edge.to === circle[1])?.line ?? 1;
    const cure = 'move what both need into a file that imports neither';
    problems.push({ path: start, line, what: `circle ${circle.join(' → ')}`, cure });
  }
  return problems;
}

/** Every code file and the files of the tree that it imports, across packages too. */
function graphOf(tree: Tree): Graph {
  const entries = entriesOf(tree);
  const graph = new Map<string, Edge[]>();
  for (const [path, text] of tree) {
    if (!isCode(path)) continue;
    const edges = importsOf(text).flatMap(({ specifier, line }) => {
      const to = specifier.startsWith('.')
        ? fileNamed(tree, posix.join(posix.dirname(path), specifier))
        : entries.get(specifier);
      return to ? [{ to, line }] : [];
    });
    graph.set(path, edges);
  }
  return graph;
}

/** What a specifier like `@himaya/event-store/contract` means in this workspace. */
function entriesOf(tree: Tree): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const [name, manifest] of manifestsOf(tree)) {
    for (const [key, target] of Object.entries(manifest.exports ?? {})) {
      const source = typeof target === 'string' ? undefined : target.source;
      if (!source) continue;
      entries.set(posix.join(SCOPE, name, key), posix.join('packages', name, source));
    }
  }
  return entries;
}

function fileNamed(tree: Tree, path: string): string | undefined {
  const candidates = [path, `${path}.ts`, path.replace(/\.js$/, '.ts'), `${path}/index.ts`];
  return candidates.find((candidate) => tree.has(candidate));
}

// Breadth first, so that the circle shown is the shortest one.
function shortestCircle(graph: Graph, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    for (const { to } of graph.get(path) ?? []) {
      if (to === start) return [...wayBack(cameFrom, path, start), start];
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, path);
      queue.push(to);
    }
  }
  return undefined;
}

function wayBack(cameFrom: ReadonlyMap<string, string>, from: string, start: string): string[] {
  const way = [from];
  for (let at = from; at !== start; ) {
    at = cameFrom.get(at) ?? start;
    way.unshift(at);
  }
  return way;
}
