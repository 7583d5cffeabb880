// Rules about where the case stands, and about instants and people that events name.
import { partsIn } from '../../parts.ts';
import { measureKind, transferKind } from '../../protection/parts.ts';
import { partyUnknown, refuse } from '../../wording/wording.ts';
import { t } from '../head.ts';
import { bindsAt } from '../orders.ts';
import { breachKind, orderKind, placementKind, removalKind } from '../parts/kinds.ts';

const over = ['closed', 'merged', 'transferred'];
const elsewhere = ['merged', 'transferred'];

/** Rules of the stage. */
export const stageRules = {
  caseNotOver: t.rule({
    ...refuse('CASE_CLOSED', 'lifecycle', 'The case is over.', 'القضية منتهية.'),
    holds: (view) => !over.some((state) => view.in(`lifecycle.${state}`)),
  }),
  caseStillHere: t.rule({
    ...refuse(
      'CASE_CLOSED',
      'lifecycle',
      'The case went on elsewhere.',
      'انتقل نظر القضية إلى ملف آخر.',
    ),
    holds: (view) => !elsewhere.some((state) => view.in(`lifecycle.${state}`)),
  }),
  reportRegistered: t.rule({
    ...refuse(
      'REPORT_NOT_REGISTERED',
      'lifecycle',
      'The report has to be registered first.',
      'يجب تسجيل البلاغ أولا.',
    ),
    holds: ({ context }) => context.report !== null,
  }),
  orderPartiesKnown: t.rule(['ProtectionOrderRequested', 'ProtectionOrderIssued'], {
    ...partyUnknown,
    holds: ({ event, context }) =>
      [event.data.against, ...event.data.protected].every(
        (partyId) => context.parties[partyId] !== undefined,
      ),
  }),
  noOneLeftBehind: t.rule(['DuplicateMerged'], {
    ...refuse(
      'MEASURE_ACTIVE',
      'INV-14',
      'Whoever is being protected in this file stays in it until that has ended.',
      'من تسري له حماية في هذا الملف يبقى فيه إلى أن تنتهي.',
    ),
    holds: ({ parts, event }) =>
      partsIn(parts.all(measureKind), 'active').length === 0 &&
      partsIn(parts.all(transferKind), 'ordered').length === 0 &&
      partsIn(parts.all(placementKind), 'ordered', 'admitted').length === 0 &&
      partsIn(parts.all(removalKind), 'carerSought').length === 0 &&
      partsIn(parts.all(breachKind), 'open').length === 0 &&
      parts
        .all(orderKind)
        .every((order) => !order.in('requested') && !bindsAt(order, event.occurredAt)),
  }),
};
