// Making a run shorter: whatever it does not need is left out.

/**
 * The shortest list that is found by leaving out runs of items, the longest ones first, for as long
 * as `holds` answers what is left of it: then every single item that is left is needed.
 */
export async function withoutDispensable<Item>(
  whole: readonly Item[],
  holds: (items: readonly Item[]) => Promise<readonly Item[] | undefined>,
): Promise<readonly Item[]> {
  let kept = whole;
  for (let size = Math.ceil(whole.length / 2); size >= 1; ) {
    let isShorter = false;
    // From behind: what comes later hangs on what comes before it.
    for (let end = kept.length - 1; end > 0; end -= size) {
      const start = Math.max(0, end - size);
      const left = await holds([...kept.slice(0, start), ...kept.slice(end)]);
      if (left === undefined) continue;
      kept = left;
      isShorter = true;
      end = Math.min(end, kept.length - 1);
    }
    if (size === 1 && !isShorter) break;
    size = size === 1 ? 1 : Math.floor(size / 2);
  }
  return kept;
}
