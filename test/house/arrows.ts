// Arrows: who imports whom, held against the table of rooms and against each package.json.
import { posix } from 'node:path';
import { BUILTINS_OF_ONE_ROOM, ROOMS, SCOPE, type Room } from './rooms.ts';
import { importsOf, packageNamed } from './syntax.ts';
import { isCode, packageOf, type Problem, type Tree } from './tree.ts';

/** The parts of a package.json that the rules read. */
export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly exports?: Readonly<Record<string, string | { readonly source?: string }>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** Every package's manifest, by folder name. */
export function manifestsOf(tree: Tree): ReadonlyMap<string, Manifest> {
  const found = new Map<string, Manifest>();
  for (const [path, text] of tree) {
    const match = /^packages\/([^/]+)\/package\.json$/.exec(path);
    if (match?.[1]) found.set(match[1], JSON.parse(text) as Manifest);
  }
  return found;
}

/** Imports in `packages/<room>/src` that the table of rooms does not allow. */
export function forbiddenArrows(tree: Tree): Problem[] {
  const problems: Problem[] = [];
  for (const [path, text] of tree) {
    const owner = packageOf(path);
    if (!owner?.isSource || !isCode(path)) continue;
    const room = ROOMS[owner.name];
    if (!room) {
      const what = `package "${owner.name}" is not in the table of rooms`;
      problems.push({ path, line: 1, what, cure: 'add its row to test/house/rooms.ts' });
      continue;
    }
    for (const { specifier, line } of importsOf(text)) {
      const cure = arrowCure(owner.name, room, path, specifier);
      if (cure) problems.push({ path, line, what: `imports "${specifier}"`, cure });
    }
  }
  return problems;
}

function arrowCure(name: string, room: Room, path: string, specifier: string) {
  const target = packageNamed(specifier);
  if (target === undefined) return undefined; // a file: see `strayPaths`
  if (target.startsWith('node:')) {
    const only = BUILTINS_OF_ONE_ROOM[target];
    if (!only || only === name) return undefined;
    return `only ${only} may; ask it for what you need`;
  }
  if (target.startsWith(SCOPE)) {
    const other = target.slice(SCOPE.length);
    if (other === name || room.rooms.includes(other)) return undefined;
    const allowed = room.rooms.join(', ') || 'no other package';
    return `${name} may import ${allowed}: pass the value in, or move this code to a higher room`;
  }
  if (room.vendors.includes(target)) return undefined;
  if (room.peers?.names.includes(target)) {
    const under = `packages/${name}/${room.peers.under}`;
    return path.startsWith(under) ? undefined : `only files under ${under} may`;
  }
  const allowed = room.vendors.join(', ') || 'no vendor';
  return `${name} may import ${allowed}: write it, or change the table with a decision record`;
}

/** Imports that leave their own package by path instead of by name. */
export function strayPaths(tree: Tree): Problem[] {
  const problems: Problem[] = [];
  for (const [path, text] of tree) {
    if (!isCode(path)) continue;
    for (const { specifier, line } of importsOf(text)) {
      const target = specifier.startsWith('.')
        ? posix.join(posix.dirname(path), specifier)
        : specifier.replace(SCOPE, 'packages/');
      const into = /^packages\/([^/]+)\/src\b/.exec(target)?.[1];
      if (!into || into === packageOf(path)?.name) continue;
      const cure = `import from "${SCOPE}${into}", and export there what you need`;
      problems.push({ path, line, what: `reaches into the sources of ${into}`, cure });
    }
  }
  return problems;
}

/** Differences between what a package's sources import and what its package.json declares. */
export function manifestGaps(tree: Tree): Problem[] {
  const problems: Problem[] = [];
  for (const [name, manifest] of manifestsOf(tree)) {
    const own = `packages/${name}/package.json`;
    const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
    const used = new Set<string>();
    let texts = '';
    for (const [path, text] of tree) {
      if (!path.startsWith(`packages/${name}/src/`) || !isCode(path)) continue;
      texts += text;
      for (const { specifier, line } of importsOf(text)) {
        const target = packageNamed(specifier);
        if (!target || target.startsWith('node:') || target === manifest.name) continue;
        used.add(target);
        if (target in declared) continue;
        const what = `imports "${target}", which its package.json does not declare`;
        problems.push({ path, line, what, cure: `add it to the dependencies in ${own}` });
      }
    }
    if (used.size > 0) problems.push(...unused(tree, own, manifest, used, texts));
  }
  return problems;
}

// A package that imports nothing yet is only begun; its manifest says what it will need.
function unused(
  tree: Tree,
  path: string,
  manifest: Manifest,
  used: ReadonlySet<string>,
  texts: string,
): Problem[] {
  const names = [
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.peerDependencies ?? {}),
  ];
  return names
    .filter((name) => !used.has(name) && !texts.includes(`'${name}'`))
    .map((name) => ({
      path,
      line: lineWith(tree.get(path) ?? '', `"${name}"`),
      what: `declares "${name}", which nothing in src imports`,
      cure: 'remove it, or move it to the devDependencies of the root',
    }));
}

/** Peers that a reader would be forced to install. */
export function forcedPeers(tree: Tree): Problem[] {
  return [...manifestsOf(tree)].flatMap(([name, manifest]) =>
    Object.keys(manifest.peerDependencies ?? {})
      .filter((peer) => !manifest.peerDependenciesMeta?.[peer]?.optional)
      .map((peer) => ({
        path: `packages/${name}/package.json`,
        line: 1,
        what: `peer "${peer}" is not optional`,
        cure: 'mark it in peerDependenciesMeta: only the contract suite needs it',
      })),
  );
}

/** The line, from 1, where `part` first stands; 1 if nowhere. */
export function lineWith(text: string, part: string): number {
  const at = text.indexOf(part);
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}
