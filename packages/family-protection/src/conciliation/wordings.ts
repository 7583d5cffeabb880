// What is said when people may not meet: the same whichever case of a household it comes from.
import { refuse } from '../wording/wording.ts';

/** The refusals of INV-01, INV-02, INV-03 and INV-08 for reconciliation. */
export const meetingWordings = {
  order: refuse(
    'RECONCILIATION_BLOCKED_BY_PROTECTION_ORDER',
    'INV-01',
    'No reconciliation while an order keeps people of this case apart.',
    'لا صلح ما دام أمر حماية يمنع اللقاء بين اثنين من أطراف القضية.',
  ),
  risk: refuse(
    'RECONCILIATION_BLOCKED_BY_RISK',
    'INV-02',
    'No reconciliation while the risk is high, was high lately, or waits to be assessed.',
    'لا صلح إذا كانت الخطورة مرتفعة أو كانت كذلك حديثا أو لم تقيم بعد آخر ما استجد.',
  ),
  type: refuse(
    'RECONCILIATION_FORBIDDEN_FOR_TYPE',
    'INV-03',
    'There is no reconciliation after sexual violence or where a child was harmed or may have been.',
    'لا صلح في العنف الجنسي أو إذا تعرض طفل لأذى أو خيف عليه منه.',
  ),
  apart: refuse(
    'SEPARATION_CONFLICT',
    'INV-08',
    'Two of the participants are not to be in one building.',
    'لا يجتمع اثنان من المشاركين في مبنى واحد.',
  ),
};
