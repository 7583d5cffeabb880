// How rules of households and buildings are worded: a code, both languages, and what they rest on.
import type { Citation, Text } from '@himaya/engine';

const model = (place: string, en: string, ar: string): Citation => ({
  source: `Domain model of the office, ${place}`,
  text: { en, ar },
});

const bases = {
  'INV-08': model('INV-08', 'A separation pair never shares a way.', 'لا يشترك من فصل بينهما في طريق.'),
  'INV-09': model('INV-09', 'Victims use their own entrance.', 'للضحايا مدخل مستقل.'),
  'INV-10': model('INV-10', 'Family interviews need insulation.', 'تتطلب المقابلات الأسرية عزلا.'),
  'INV-11': model('INV-11', 'Parties are heard apart.', 'يسمع كل طرف على حدة.'),
  booking: model('4(g): booking rules', 'Routes are booked.', 'يحجز المسار كاملا.'),
  rooms: model('4(g): rooms', 'A room has what its use needs.', 'تجهز الغرفة بما يلزم لاستخدامها.'),
  household: model('INV-33', 'Cases of a household count together.', 'تعامل قضايا المنزل معا.'),
} as const;

/** How a rule is worded that says nothing of what it looked at. */
export interface Wording {
  readonly code: string;
  readonly text: Text;
  readonly citation: Citation;
  readonly discloses: 'nothing';
  readonly invariant?: string;
}

/** Words a rule. It discloses nothing: whoever books may not know whom a booking avoids. */
export function refuse(code: string, basis: keyof typeof bases, en: string, ar: string): Wording {
  const wording = { code, text: { en, ar }, citation: bases[basis], discloses: 'nothing' as const };
  return basis.startsWith('INV-') ? { ...wording, invariant: basis } : wording;
}
