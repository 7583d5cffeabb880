// Rules of linking a case to a household, and of taking that back.
import type { EventOf, RuleView } from '@himaya/engine';
import { rulesOver } from '../rule.ts';
import { bases } from '../wording/bases.ts';
import { partyUnknown, refuse } from '../wording/wording.ts';
import { isDangerAround } from './linked-dangers.ts';
import { linkedParties } from './linked-files.ts';
import type { LinkEvents, LinkMemory } from './links.ts';
import { isRelatedAround, relatedAtHome } from './related.ts';

/** What these rules ask of a case's memory. */
export interface LinkedMemory extends LinkMemory {
  readonly parties: Readonly<Record<string, unknown>>;
}
type Unlinking<Memory> = RuleView<Memory, EventOf<LinkEvents, 'HouseholdUnlinked'>>;

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
    unlinkerUnrelated: rule(['HouseholdUnlinked'], {
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
