// Rules by which the file that goes on knows whatever forbids a meeting in the one that is left.
import type { PartView, PolicyReader, ReadView } from '@himaya/engine';
import { nextOf } from '../../case-file/next-file.ts';
import { hasBrokenPromise, isChildVictim } from '../../household/case-facts.ts';
import { linkedParties } from '../../household/linked-files.ts';
import { casesOfHome } from '../../household/links.ts';
import { caseStream } from '../../streams.ts';
import { refuse, type Wording } from '../../wording/wording.ts';
import type { Context } from '../context.ts';
import type { RiskLevel } from '../fields.ts';
import { excludedIn, graveIn } from '../gravity.ts';
import { t, type DvEvent, type View } from '../head.ts';
import { breachKind, incidentKind, type Incident } from '../parts/kinds.ts';
import { currentLevel, highestEver, highestWithin, isHigh, rank } from '../risk.ts';
import { isPattern } from './eligibility.ts';
import { hasChildVictim, incidentsWithin, isForbidden } from './safety.ts';

const leaves = ['DuplicateMerged', 'CaseTransferred', 'SuccessorOpened'] as const;
type Leaving = Omit<View, 'event'> & { readonly event: DvEvent<(typeof leaves)[number]> };
type Incidents = readonly PartView<Incident>[];

function nextFile({ reads, event }: Leaving): ReadView {
  return reads.stream(caseStream(nextOf(event)));
}

/** What it remembers; a file of another type remembers less. */
function memoryOf(next: ReadView): Partial<Context> {
  return next.context;
}

/** Whether people must not meet at a level, or two have to close the case because of it. */
function isForbidding(level: RiskLevel | null, policy: PolicyReader): level is RiskLevel {
  return (
    level !== null && (isHigh(level) || !policy.list('reconciliation.levels').includes(level))
  );
}

/** Until when a level that forbids was in force, as the record has it. */
function forbiddenUntil({ levels }: Pick<Context, 'levels'>, policy: PolicyReader): number {
  const index = levels.findLastIndex(({ level }) => isForbidding(level, policy));
  if (index < 0) return -Infinity;
  const next = levels[index + 1];
  return next === undefined ? Infinity : Date.parse(next.since.recordedAt);
}

/** Whether the other file was as high, is so now, and counts it for as long. */
function holdsLevels({ context, event, policy }: Leaving, next: ReadView): boolean {
  const { levels = [] } = memoryOf(next);
  const within = (file: Pick<Context, 'levels'>) => highestWithin(file, event.recordedAt, policy);
  const isRecent = isForbidding(within(context), policy);
  return (
    [currentLevel, within, highestEver].every((levelOf) => {
      const level = levelOf(context);
      return !isForbidding(level, policy) || rank(levelOf({ levels })) >= rank(level);
    }) &&
    (!isRecent || forbiddenUntil({ levels }, policy) >= forbiddenUntil(context, policy))
  );
}

/** Whether each excluded kind of violence, and each grave sign for as long, stands there, too. */
function holdsKinds({ parts, policy, event }: Leaving, theirs: Incidents): boolean {
  const kinds = parts.all(incidentKind).flatMap(({ context }) => excludedIn(context, policy));
  const recent = incidentsWithin(
    parts.all(incidentKind),
    { policy },
    'reconciliation.gravityWindow',
    event.recordedAt,
  );
  return (
    kinds.every((kind) => theirs.some(({ context }) => context.told.includes(kind))) &&
    recent.every((incident) =>
      graveIn(incident.context, policy).every((sign) =>
        theirs.some(
          ({ context: { told, latestFrom } }) =>
            told.includes(sign) && latestFrom >= incident.context.latestFrom,
        ),
      ),
    )
  );
}

/** Whether violence was repeated in a file. What counts is what is recorded now. */
function isRepeated({ policy, event }: Leaving, { parts }: Pick<ReadView, 'parts'>): boolean {
  const now = { policy, event: { ...event, occurredAt: event.recordedAt } };
  return isPattern(parts.all(incidentKind), parts.all(breachKind), now);
}

/** Whether the other file is asked about what happened in this one, by their household. */
function isAskedAround({ context }: Pick<View, 'context'>): boolean {
  const known = linkedParties(context);
  return context.reconciliation.participants.every((partyId) => known.includes(partyId));
}

/** Whether repeated violence stands there, and a settlement that was broken is known there. */
function holdsPast(view: Leaving, next: ReadView): boolean {
  const isKnown = isRepeated(view, next);
  const isBreachKnown = isKnown || hasBrokenPromise(next) || isAskedAround(view);
  return (!isRepeated(view, view) || isKnown) && (!hasBrokenPromise(view) || isBreachKnown);
}

/** Whether anything is recorded by which people of this file must not meet, or must not yet. */
function isAnythingForbidding(view: Leaving): boolean {
  const { context, parts, policy } = view;
  return (
    isForbidding(highestEver(context), policy) ||
    isForbidden(view) ||
    parts.all(incidentKind).some((incident) => graveIn(incident.context, policy).length > 0) ||
    isRepeated(view, view) ||
    hasBrokenPromise(view)
  );
}

const missing = (invariant: Parameters<typeof refuse>[1], en: string, ar: string): Wording =>
  refuse(
    'PROTECTION_NOT_TAKEN_OVER',
    invariant,
    `The file that goes on does not hold what forbids a reconciliation here: ${en}`,
    `لا يتضمن الملف اللاحق ما يمنع الصلح في هذا الملف: ${ar}`,
  );

/** Rules of what the file that goes on has to know. */
export const takenOverRules = {
  riskTakenOver: t.rule(leaves, {
    ...missing(
      'INV-02',
      'as high a risk, now and before, or an assessment that is due.',
      'درجة الخطورة نفسها حاضرا وسابقا، أو إعادة تقييم واجبة.',
    ),
    holds: (view) => {
      const next = nextFile(view);
      const isDue = view.context.lastAlarm !== null && !view.in('assessment.current');
      return holdsLevels(view, next) && (!isDue || !next.in('assessment.current'));
    },
  }),
  harmTakenOver: t.rule(leaves, {
    ...missing(
      'INV-03',
      'what happened, with its grave signs, and that it was repeated.',
      'ما وقع بعلاماته الجسيمة، وتكراره.',
    ),
    holds: (view) => {
      const next = nextFile(view);
      return (
        holdsKinds(view, next.parts.all(incidentKind)) &&
        holdsPast(view, next) &&
        (!hasChildVictim(view) || isChildVictim(next))
      );
    },
  }),
  peopleTakenOver: t.rule(leaves, {
    ...missing(
      'INV-03',
      'the same victims and the same accused, as the same parties.',
      'الضحايا والمتهمون أنفسهم بصفتهم الأطراف نفسها.',
    ),
    holds: (view) => {
      if (!isAnythingForbidding(view)) return true;
      const { parties = {} } = memoryOf(nextFile(view));
      return Object.entries(view.context.parties)
        .filter(([, { role }]) => role === 'victim' || role === 'allegedAggressor')
        .every(([partyId]) => parties[partyId] !== undefined);
    },
  }),
  needsTakenOver: t.rule(leaves, {
    ...missing('INV-04', 'who needs an interpreter.', 'من يحتاج إلى مترجم.'),
    // A file of another type asks nobody for it: there it is not known either way.
    holds: (view) => {
      const { parties = {} } = memoryOf(nextFile(view));
      return Object.entries(view.context.parties)
        .filter(([, { interpreterNeeded }]) => interpreterNeeded === true)
        .map(([partyId]) => parties[partyId])
        .every(
          (theirs) => theirs !== undefined && ![null, false].includes(theirs.interpreterNeeded),
        );
    },
  }),
  concernTakenOver: t.rule(leaves, {
    ...missing('children', 'a concern for a child.', 'ما يثير القلق بشأن طفل.'),
    holds: (view) => {
      const { childScreenings = {} } = memoryOf(nextFile(view));
      return Object.entries(view.context.childScreenings).every(
        ([partyId, result]) => result !== 'concern' || childScreenings[partyId] === 'concern',
      );
    },
  }),
  linksTakenOver: t.rule(leaves, {
    ...missing(
      'INV-33',
      'the other cases of the household or of the incident.',
      'القضايا الأخرى للمنزل نفسه أو للواقعة نفسها.',
    ),
    holds: (view) => {
      const { linkedCases = [] } = memoryOf(nextFile(view));
      const known = [nextOf(view.event), ...casesOfHome(linkedCases)];
      return casesOfHome(view.context.linkedCases).every((caseId) => known.includes(caseId));
    },
  }),
};
