// Which events can change anything of what an abstract case type keeps.
import type { ConsequenceSpec } from '../case-type.ts';
import type { CaseType } from '../compiled.ts';
import { concernsOf } from '../event-index.ts';

/** Whether an event can change anything of what an abstract case type keeps. */
export function canMatter(abstract: CaseType, type: string): boolean {
  return movesSomething(abstract, type) || concernsOf(abstract, type).consequences.length > 0;
}

/** Whether charts, parts or deadlines react to an event. */
function movesSomething(abstract: CaseType, type: string): boolean {
  const { named, hearing, deadlines } = concernsOf(abstract, type);
  return (
    abstract.chart.eventTypes.includes(type) || named.length + hearing.length + deadlines.length > 0
  );
}

/** Without the consequences of which nothing can come that changes what is kept. */
export function onlyMattering(made: CaseType): CaseType {
  let kept: readonly ConsequenceSpec[] = [];
  const matters = (type: string): boolean =>
    movesSomething(made, type) ||
    kept.some(({ on }) => (on as readonly string[]).includes(type));
  for (let count = -1; count < kept.length; ) {
    count = kept.length;
    kept = made.consequences.filter(
      ({ records }) => records === undefined || (records as readonly string[]).some(matters),
    );
  }
  return { ...made, consequences: kept };
}
