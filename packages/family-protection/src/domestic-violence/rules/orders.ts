// Rules of protection orders: who decides on them, for how long, and what counts as a breach.
import { refuse } from '../../wording/wording.ts';
import { t } from '../head.ts';
import { bindsAt, isBreachable } from '../orders.ts';
import { orderKind } from '../parts/kinds.ts';

const notActive = (en: string, ar: string) => refuse('ORDER_NOT_ACTIVE', 'orders', en, ar);

const contradicts = refuse(
  'ORDER_INSTANTS_CONTRADICT',
  'orders',
  'An order is decided first; after that it is served, is revoked and ends.',
  'يصدر الأمر أولا، ثم يعلن أو يلغى أو ينتهي.',
);

/** Rules of protection orders. */
export const orderRules = {
  requestFounded: t.rule(['ProtectionOrderRequested'], {
    ...refuse(
      'CONSENT_MISSING',
      'INV-04',
      'An order is requested with the informed victim, or by the prosecution of its own motion.',
      'يطلب أمر الحماية بموافقة الضحية المستنيرة أو تطلبه النيابة من تلقاء نفسها.',
    ),
    holds: ({ event }) =>
      event.data.requestedBy === 'prosecutionExOfficio' || event.data.victimInformed,
  }),
  protectsOthers: t.rule(['ProtectionOrderRequested', 'ProtectionOrderIssued'], {
    ...refuse(
      'ORDER_AGAINST_PROTECTED',
      'orders',
      'An order does not protect someone from themselves.',
      'لا يحمي الأمر شخصا من نفسه.',
    ),
    holds: ({ event }) => !event.data.protected.includes(event.data.against),
  }),
  issuerCompetent: t.rule(['ProtectionOrderIssued'], {
    ...refuse(
      'ORDER_AUTHORITY_INVALID',
      'orders',
      'This authority does not issue protection orders.',
      'هذه الجهة لا تصدر أوامر الحماية.',
    ),
    holds: ({ event, policy }) => policy.list('po.issuers').includes(event.data.issuer),
  }),
  revokedByDecision: t.rule(['ProtectionOrderRevoked'], {
    ...refuse(
      'ORDER_AUTHORITY_INVALID',
      'orders',
      'An order ends early by a decision of the prosecution or a court; a request alone ends nothing.',
      'لا ينتهي الأمر قبل موعده إلا بقرار من النيابة أو المحكمة، ولا يكفي الطلب وحده.',
    ),
    holds: ({ event, policy }) => policy.list('po.revocationBases').includes(event.data.basis),
  }),
  termWithinCap: t.rule(['ProtectionOrderIssued'], {
    ...refuse(
      'ORDER_OVER_CAP',
      'orders',
      'An order ends after it begins, and within the time that the law allows.',
      'ينتهي الأمر بعد بدايته وضمن المدة التي يجيزها القانون.',
    ),
    holds: ({ event: { data }, policy, calendar }) =>
      data.from < data.until &&
      data.until <= calendar.add(data.from, policy.duration('po.initialMax')),
  }),
  endsAfterIssue: t.rule(['ProtectionOrderIssued'], {
    ...contradicts,
    holds: ({ event }) => event.occurredAt < event.data.until,
  }),
  servedAfterIssue: t.rule(['ProtectionOrderServed'], {
    ...contradicts,
    holds: ({ event: { data }, parts }) => {
      const issuedAt = parts.one(orderKind, data.orderId)?.context.issuedAt ?? null;
      return issuedAt === null || issuedAt <= data.servedAt;
    },
  }),
  revokedAfterIssue: t.rule(['ProtectionOrderRevoked'], {
    ...contradicts,
    holds: ({ event: { data }, parts }) => {
      const issuedAt = parts.one(orderKind, data.orderId)?.context.issuedAt ?? null;
      return issuedAt === null || issuedAt <= data.at;
    },
  }),
  extenderCompetent: t.rule(['ProtectionOrderExtended'], {
    ...refuse(
      'EXTENSION_AUTHORITY_INVALID',
      'orders',
      'This authority does not extend protection orders.',
      'هذه الجهة لا تمدد أوامر الحماية.',
    ),
    holds: ({ event, policy }) =>
      policy.list('po.extensionAuthorities').includes(event.data.authority),
  }),
  extensionWithinCap: t.rule(['ProtectionOrderExtended'], {
    ...refuse(
      'EXTENSION_OVER_CAP',
      'orders',
      'An extension reaches further than before, and no further than the law allows.',
      'يمتد الأمر إلى ما بعد نهايته السابقة وضمن المدة التي يجيزها القانون.',
    ),
    holds: ({ event: { data }, parts, policy, calendar }) => {
      const { until = null, firstUntil = null } = parts.one(orderKind, data.orderId)?.context ?? {};
      if (until === null || firstUntil === null) return true;
      const last = calendar.add(firstUntil, policy.duration('po.extensionMax'));
      return until < data.newUntil && data.newUntil <= last;
    },
  }),
  extendedInTime: t.rule(['ProtectionOrderExtended'], {
    ...notActive(
      'An order is extended while it is in force.',
      'لا يمدد الأمر إلا وهو سار.',
    ),
    holds: ({ event, parts }) => {
      const order = parts.one(orderKind, event.data.orderId);
      return !order || bindsAt(order, event.occurredAt);
    },
  }),
  servedInThePast: t.rule(['ProtectionOrderServed'], {
    ...refuse(
      'INSTANT_AHEAD',
      'orders',
      'What lies ahead cannot be recorded as done.',
      'لا يسجل ما لم يحدث بعد.',
    ),
    holds: ({ event }) => event.data.servedAt <= event.recordedAt,
  }),
  endedInThePast: t.rule(['ProtectionOrderRevoked'], {
    ...refuse(
      'INSTANT_AHEAD',
      'orders',
      'What lies ahead cannot be recorded as done.',
      'لا يسجل ما لم يحدث بعد.',
    ),
    holds: ({ event }) => event.data.at <= event.recordedAt,
  }),
  breachedInThePast: t.rule(['ProtectionOrderBreached'], {
    ...refuse(
      'INSTANT_AHEAD',
      'orders',
      'What lies ahead cannot be recorded as done.',
      'لا يسجل ما لم يحدث بعد.',
    ),
    holds: ({ event }) => event.data.at <= event.recordedAt,
  }),
  activeAtBreach: t.rule(['ProtectionOrderBreached'], {
    ...notActive(
      'The order was not served or in force then: record what happened by “Record an incident”.',
      'لم يكن الأمر معلنا أو ساريا حينها، فيسجل ما وقع بأمر «تسجيل واقعة».',
    ),
    holds: ({ event, parts }) => {
      const order = parts.one(orderKind, event.data.orderId);
      return !order || isBreachable(order, event.data.at);
    },
  }),
};
