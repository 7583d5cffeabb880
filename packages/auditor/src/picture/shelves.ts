// Rectangles in rows: how regions, parts and notes share a sheet.

/** The size of something that gets a place. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A row of regions: which ones, how wide each is made, and how high all of them are. */
export interface Row {
  readonly indexes: readonly number[];
  readonly widths: readonly number[];
  readonly height: number;
}

/** Sheets are about so much wider than they are high. */
const ASPECT = 1.5;

/** Regions in rows, in their order; each row is as wide as the widest. */
export function rowsOfRegions(sizes: readonly Size[]): {
  readonly rows: readonly Row[];
  readonly width: number;
} {
  const widths = sizes.map((_, last) => widthOf(sizes.slice(0, last + 1)));
  const tried = [...new Set([...widths, ...sizes.map(({ width }) => width)])]
    .map((widthMax) => brokenAt(sizes, widthMax))
    .map((rows) => ({ rows, badness: badness(sizes, rows) }));
  const best = tried.reduce((a, b) => (b.badness < a.badness ? b : a));
  const width = Math.max(...best.rows.map((row) => widthOf(row.map((at) => sizeAt(sizes, at)))));
  return {
    width,
    rows: best.rows.map((indexes) => {
      const own = indexes.map((at) => sizeAt(sizes, at));
      const spare = (width - widthOf(own)) / own.length;
      return {
        indexes,
        widths: own.map((size) => size.width + spare),
        height: Math.max(...own.map(({ height }) => height)),
      };
    }),
  };
}

function sizeAt(sizes: readonly Size[], index: number): Size {
  return sizes[index] ?? { width: 0, height: 0 };
}

function widthOf(sizes: readonly Size[]): number {
  return sizes.reduce((sum, { width }) => sum + width, 0);
}

function brokenAt(sizes: readonly Size[], widthMax: number): readonly (readonly number[])[] {
  const rows: number[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const [index, { width }] of sizes.entries()) {
    if (used + width > widthMax) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(index);
    used += width;
  }
  return rows;
}

/** How far a sheet is from its proportions, together with the room that it wastes. */
function badness(sizes: readonly Size[], rows: readonly (readonly number[])[]): number {
  const own = rows.map((row) => row.map((at) => sizeAt(sizes, at)));
  const width = Math.max(...own.map((row) => widthOf(row)));
  const height = own.reduce((sum, row) => sum + Math.max(...row.map((size) => size.height)), 0);
  const filled = sizes.reduce((sum, size) => sum + size.width * size.height, 0);
  const aspect = width / height / ASPECT;
  return Math.max(aspect, 1 / aspect) * ((width * height) / filled);
}

/** A place on a sheet. */
interface Spot {
  readonly x: number;
  readonly y: number;
}

/**
 * Spots for rectangles in a strip of a given height: each as far to the left as there is room, then
 * as far up, with `gap` between them.
 */
export function spotsIn(sizes: readonly Size[], height: number, gap: number): readonly Spot[] {
  const taken: (Spot & Size)[] = [];
  for (const size of sizes) {
    const xs = [0, ...taken.map((other) => other.x + other.width + gap)].sort((a, b) => a - b);
    const ys = [0, ...taken.map((other) => other.y + other.height + gap)].sort((a, b) => a - b);
    const spots = xs.flatMap((x) => ys.map((y) => ({ x, y })));
    const isFree = ({ x, y }: Spot): boolean =>
      y + size.height <= height &&
      taken.every(
        (other) =>
          x >= other.x + other.width + gap ||
          other.x >= x + size.width + gap ||
          y >= other.y + other.height + gap ||
          other.y >= y + size.height + gap,
      );
    // One that is higher than the strip starts a column of its own.
    taken.push({ ...size, ...(spots.find(isFree) ?? { x: xs.at(-1) ?? 0, y: 0 }) });
  }
  return taken.map(({ x, y }) => ({ x, y }));
}
