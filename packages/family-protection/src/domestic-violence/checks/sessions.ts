// What never happens beside a session: an order that keeps its people apart.
import { UNKNOWN, type Abstraction, type Check, type StateView } from '@himaya/engine';
import { nothing } from '../../checks/nothing.ts';
import { sessionKind } from '../../conciliation/parts.ts';
import { partsIn } from '../../parts.ts';
import type { Context } from '../context.ts';
import { CONTACT_FORBIDDING } from '../orders.ts';
import { orderKind } from '../parts/kinds.ts';

type Round = Pick<Context['reconciliation'], 'round'>;
const roundOf = (context: Readonly<Record<string, unknown>>): number =>
  (context['reconciliation'] as Round).round;

/** Of a revocation that there was one, and not when: a revoked order comes into force no more. */
const whether = (at: unknown): unknown => (at === null ? null : UNKNOWN);

const abstraction: Abstraction = {
  ...nothing,
  regions: ['reconciliation'],
  context: { reconciliation: ({ round }: Round) => ({ round }) },
  given: { parties: { A: UNKNOWN, V: UNKNOWN } },
  parts: {
    order: {
      fields: {
        protected: true,
        against: true,
        conditions: true,
        until: true,
        revokedAt: whether,
      },
      max: 1,
    },
    session: {
      fields: { attendees: true, round: true },
      max: 1,
      others: [
        { states: ['adjourned', 'cancelled', 'terminatedForSafety'] },
        { states: ['held'], fields: { round: [0] } },
      ],
    },
  },
  deadlines: ['orderExpiry'],
  values: {
    partyId: ['A', 'V'],
    participants: [['A', 'V']],
    attendees: [['A', 'V']],
    signatories: [['A', 'V']],
    protected: [['V']],
    against: ['A'],
    conditions: [['noContact']],
    conditionsSought: [['noContact']],
    until: 'any',
    newUntil: 'any',
    conciliator: ['C'],
    'actor.staff': ['S'],
    'actor.onBehalfOf': [undefined],
    round: (context) => [roundOf(context)],
    'EligibilityAssessed.eligible': 'any',
  },
  // Of rounds only this one and earlier ones are told apart.
  same: ({ context, parts }) => {
    const round = roundOf(context);
    const reconciliation = {
      ...(context['reconciliation'] as object),
      round: Math.min(round, 1),
    };
    return {
      context: { ...context, reconciliation },
      parts: parts.map((part) => {
        const { context: own } = part;
        if (part.kind !== 'session') return part;
        return { ...part, context: { ...own, round: own['round'] === round ? 1 : 0 } };
      }),
    };
  },
  refusedMore: ['noOrderBetween'],
  because: {
    en:
      'One order and the people of one session are enough: the claim is about one of each, the ' +
      'rule refuses for any one order, and an order that does not keep these two apart counts as ' +
      'one of the others. A session of fewer people is taken for one of both. Both are parties ' +
      'from the start: before they are, no order can name them. Who takes which side does not ' +
      'matter, and neither does which of the conditions forbids contact.',
    ar:
      'يكفي أمر واحد وطرفا جلسة واحدة، لأن الادعاء يخص واحدا من كل منهما والقاعدة ترفض لأي أمر، ' +
      'والأمر الذي لا يفصل بين هذين الطرفين يعد من غيره. والجلسة الأقل عددا تعد جلسة لكليهما. ' +
      'وكلاهما طرف منذ البداية إذ لا يسمي أمر أحدا قبل ذلك. ولا فرق في الجانب الذي يكون فيه كل ' +
      'منهما، ولا في أي الشروط يمنع التواصل.',
  },
};

function isAgainstOrder({ parts }: StateView): boolean {
  const orders = partsIn(parts.all(orderKind), 'inForce').filter(({ context }) =>
    CONTACT_FORBIDDING.some((one) => context.conditions.includes(one)),
  );
  return partsIn(parts.all(sessionKind), 'scheduled').some(({ context: { attendees } }) =>
    orders.some(
      ({ context }) =>
        attendees.includes(context.against) &&
        context.protected.some((partyId) => attendees.includes(partyId)),
    ),
  );
}

/** No session beside an order, served or not. */
export const sessionsAndOrders: Check = {
  abstraction,
  claims: [
    {
      id: 'INV-01',
      text: {
        en: 'No session is scheduled for people whom an order in force, served or not, keeps apart.',
        ar: 'لا تقرر جلسة لمن يفصل بينهم أمر حماية سار، أعلن أم لم يعلن.',
      },
      never: isAgainstOrder,
    },
  ],
};
