// Rules of the legal way and of care that needs an order.
import { refuse } from '../../wording/wording.ts';
import { t } from '../head.ts';
import { incidentKind } from '../parts/kinds.ts';

/** Rules of the legal way. */
export const legalRules = {
  recordsComplete: t.rule(['ReferredToProsecution'], {
    ...refuse(
      'STATUTORY_RECORD_INCOMPLETE',
      'INV-18',
      'The record that Article 14 asks for is not complete.',
      'المحضر الذي تتطلبه المادة 14 غير مكتمل.',
    ),
    holds: ({ event, parts }) =>
      event.data.recordIds.every(
        (id) => parts.one(incidentKind, id)?.in('recordComplete') === true,
      ),
  }),
  placementOrdered: t.rule(['ShelterPlacementOrdered'], {
    ...refuse(
      'LEGAL_BASIS_MISSING',
      'shelter',
      'A place in a shelter needs an order of the Public Prosecution.',
      'يتطلب الإيداع في دار الإيواء أمرا من النيابة العامة.',
    ),
    holds: ({ event }) => event.data.ppOrderRef !== undefined,
  }),
};
