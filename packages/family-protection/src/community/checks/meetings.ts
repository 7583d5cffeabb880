// What never happens to a mediation: harm that is not ruled out, and children at the table.
import type { Abstraction, Check } from '@himaya/engine';
import { nothing } from '../../checks/nothing.ts';
import { childrenHeard, partiesIn } from '../../checks/recorded.ts';
import { sessionKind } from '../../conciliation/parts.ts';
import { partsIn } from '../../parts.ts';
import { measureKind } from '../../protection/parts.ts';
import { gathering } from '../rules/linked.ts';

const safety: Abstraction = {
  ...nothing,
  regions: ['lifecycle', 'screening'],
  // An unmet danger can only refuse more, and stops more.
  given: { dangerUnmet: false },
  parts: {
    measure: { fields: {}, max: 1 },
    session: { fields: {}, max: 1 },
    offer: { fields: {}, max: 0 },
    consent: { fields: {}, max: 0 },
  },
  whether: ['measure', 'session', 'offer', 'consent'],
  values: { 'HiddenHarmScreened.result': 'any', 'ViolenceScreeningCompleted.result': 'any' },
  // What has ended is one of the others.
  same: ({ context, parts }) => ({
    context,
    parts: parts.filter(({ configuration: [at = ''] }) => ['active', 'scheduled'].includes(at)),
  }),
  because: {
    en:
      'One session and one measure are enough: the claim is about one of each, and whatever asks ' +
      'for measures, sessions, offers and consents asks only whether there is one that is so.',
    ar:
      'تكفي جلسة واحدة وتدبير واحد، لأن الادعاء يخص واحدا من كل منهما، وما يسأل عن التدابير ' +
      'والجلسات والعروض والموافقات لا يسأل إلا عن وجود واحد منها بصفة معينة.',
  },
};

/** Of sessions and of steps towards them, while harm is not ruled out. */
export const meetings: Check = {
  abstraction: safety,
  claims: [
    {
      id: 'INV-01',
      text: {
        en: 'No session is scheduled while harm is not ruled out or someone is being protected.',
        ar: 'لا تقرر جلسة ما دام الأذى غير مستبعد أو تدبير وقائي ساريا.',
      },
      never: (state) =>
        partsIn(state.parts.all(sessionKind), 'scheduled').length > 0 &&
        (!state.in('screening.negative') ||
          partsIn(state.parts.all(measureKind), 'active').length > 0),
    },
    {
      id: 'INV-02',
      text: {
        en: 'No step of a mediation is taken while harm was found or someone is being protected.',
        ar: 'لا تتخذ أي خطوة وساطة إذا ثبت أذى أو كان تدبير وقائي ساريا.',
      },
      decisions: gathering,
      neverBy: ({ before }) =>
        before.in('screening.positive') ||
        partsIn(before.parts.all(measureKind), 'active').length > 0,
    },
  ],
};

const withChild: Abstraction = {
  ...nothing,
  given: {
    parties: {
      C: { role: 'complainant', isChild: false, ageBand: 'adult' },
      K: { role: 'respondent', isChild: true, ageBand: 'child13to17' },
      R: { role: 'respondent', isChild: false, ageBand: 'adult' },
      G: { role: 'guardian', isChild: false, ageBand: 'adult' },
      L: { role: 'guardian', isChild: true, ageBand: 'child13to17' },
    },
    conflicts: [],
  },
  values: {
    'ViolenceScreeningCompleted.partyId': ['C', 'R', 'K'],
    'ViolenceScreeningCompleted.accompaniedBy': [
      undefined,
      { guardian: 'C' },
      { guardian: 'G' },
      { guardian: 'L' },
      { guardian: 'K' },
      { specialist: 'P' },
    ],
    'MediationOffered.partyId': ['C', 'R', 'K'],
    'PartyConsented.partyId': ['C', 'R', 'K'],
    attendees: [['C', 'R'], ['C', 'K'], ['C', 'R', 'K']],
    signatories: [['C', 'R'], ['C', 'K'], ['C', 'R', 'K']],
    'actor.role': 'any',
    'actor.staff': ['S'],
  },
  because: {
    en:
      'One child, an adult on each side and one person of each kind who may be with a child are ' +
      'enough: rules ask each party by itself.',
    ar: 'يكفي طفل وبالغ في كل جانب وشخص من كل صنف يجوز أن يحضر معه، لأن القواعد تسأل عن كل طرف على حدة.',
  },
};

interface Bound {
  readonly partyId?: string;
  readonly attendees?: readonly string[];
  readonly signatories?: readonly string[];
}

/** Of children. */
export const children: Check = {
  abstraction: withChild,
  claims: [
    {
      id: 'INV-03',
      text: {
        en: 'No child is offered a mediation, consents to one, meets in one or signs.',
        ar: 'لا يعرض على طفل وساطة ولا تؤخذ موافقته عليها ولا يحضرها ولا يوقع فيها.',
      },
      decisions: gathering,
      neverBy: ({ before, event }) => {
        const { partyId, attendees, signatories } = event.data as Bound;
        const bound = signatories ?? attendees ?? [partyId ?? ''];
        return bound.some((one) => partiesIn(before)[one]?.isChild === true);
      },
    },
    ...childrenHeard,
  ],
};
