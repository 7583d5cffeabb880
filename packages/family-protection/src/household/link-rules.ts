// Rules of linking a case to a household, and of taking that back.
import type { EventOf, RuleView } from '@himaya/engine';
import { rulesOver } from '../rule.ts';
import { bases } from '../wording/bases.ts';
import { partyUnknown, refuse, separated } from '../wording/wording.ts';
import { isDangerAround } from './linked-dangers.ts';
import { linkedParties } from './linked-files.ts';
import { isAmong } from '../parties/facts.ts';
import { householdStream } from './separation.ts';
import type { LinkEvents, LinkMemory } from './links.ts';
import { isRelatedAround, relatedAtHome } from './related.ts';

/** What these rules ask of a case's memory. */
export interface LinkedMemory extends LinkMemory {
  readonly parties: Readonly<Record<string, unknown>>;
}
type Unlinking<Memory> = RuleView<Memory, EventOf<LinkEvents, 'HouseholdUnlinked'>>;

/** What is required of saying that a link names the wrong person. */
export const correctingLink = ['linkIsWrong', 'decidedBySecond', 'unlinkerUnrelated'] as const;
/** What is required of taking a link back. */
export const unlinking = [
  'homeKnown',
  'linkNotNeeded',
  'decidedBySecond',
  'unlinkerUnrelated',
] as const;

/** Rules of saying that a link names the wrong person. */
function correcting<Memory extends LinkedMemory>() {
  const rule = rulesOver<Memory, LinkEvents>();
  return {
    linkIsWrong: rule(['HouseholdLinkCorrected'], {
      ...refuse(
        'LINK_UNKNOWN',
        'household',
        'In this household that person is not linked as this party, or the other is no member.',
        'هذا الشخص غير مرتبط بهذا الطرف في المنزل، أو أن الآخر ليس من أفراده.',
      ),
      holds: ({ event: { data }, context, reads }) => {
        const { householdId, partyId, from, to } = data;
        const home = context.households.find((one) => one.householdId === householdId);
        const members = reads.stream(householdStream(householdId)).context['members'] ?? [];
        const isLinked = home?.as.some((one) => one.partyId === partyId && one.person === from);
        return isLinked === true && from !== to && (members as readonly string[]).includes(to);
      },
    }),
    decidedBySecond: rule(['HouseholdLinkCorrected', 'HouseholdUnlinked'], {
      ...separated(
        'Who entered a link does not decide that it is wrong.',
        'من سجل الربط لا يقرر أنه خاطئ.',
      ),
      holds: ({ event: { data, actor }, context }) =>
        context.households.every(
          ({ householdId, linkedBy }) =>
            householdId !== data.householdId || !isAmong(actor, linkedBy),
        ),
    }),
  };
}

/** The rules. `isNeeded`: what the case itself knows has to be seen from the others. */
export function linkRulesFor<Memory extends LinkedMemory>(
  isNeeded: (view: Unlinking<Memory>) => boolean,
) {
  const rule = rulesOver<Memory, LinkEvents>();
  return {
    linkedKnown: rule(['HouseholdLinked'], {
      ...partyUnknown,
      citation: bases.household,
      holds: ({ event, context }) =>
        event.data.as.every(({ partyId }) => context.parties[partyId] !== undefined),
    }),
    ...correcting<Memory>(),
    homeKnown: rule(['HouseholdUnlinked'], {
      ...refuse(
        'HOUSEHOLD_UNKNOWN',
        'household',
        'The case is not linked to this household.',
        'القضية غير مرتبطة بهذا المنزل.',
      ),
      holds: ({ event, context }) =>
        context.households.some(({ householdId }) => householdId === event.data.householdId),
    }),
    unlinkerUnrelated: rule(['HouseholdUnlinked', 'HouseholdLinkCorrected'], {
      ...relatedAtHome,
      holds: (view) => !isRelatedAround(view),
    }),
    linkNotNeeded: rule(['HouseholdUnlinked'], {
      ...refuse(
        'HOUSEHOLD_LINK_NEEDED',
        'INV-33',
        'As long as somebody is in danger, or a reconciliation is under way, the link stays.',
        'يبقى الربط قائما ما دام هناك خطر على أحد أو صلح قيد الإجراء.',
      ),
      holds: (view) => {
        const { occurredAt, recordedAt } = view.event;
        const parties = linkedParties(view.context);
        const instants = [occurredAt, recordedAt] as const;
        const question = { parties, instants, atLeast: 1, since: null } as const;
        return !isNeeded(view) && !isDangerAround(view, question);
      },
    }),
  };
}
