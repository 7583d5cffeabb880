// Which events can change anything of what an abstract case type keeps.
import type { ConsequenceSpec } from '../case-type.ts';
import type { CaseType } from '../compiled.ts';
import { concernsOf } from '../event-index.ts';
import type { Abstraction } from './abstraction.ts';

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

/** Tells whether something that an abstraction leaves out may take an event. */
export function heardElsewhere(
  caseType: CaseType,
  { regions, parts }: Abstraction,
): (type: string) => boolean {
  const left = caseType.chart.structure.nodes.filter(({ path }) => {
    const [region = ''] = path.split('.', 1);
    return region !== '' && !regions.includes(region);
  });
  const heard = new Set(left.flatMap((node) => node.transitions.map(({ event }) => event)));
  const isWild = [...heard].some((event) => event.includes('*'));
  return (type) => {
    const { named, hearing } = concernsOf(caseType, type);
    const kinds = [...named.map(({ part }) => part.kind), ...hearing.map(({ kind }) => kind)];
    return isWild || heard.has(type) || kinds.some((kind) => !Object.hasOwn(parts, kind));
  };
}
