// What never happens to a file: it is not closed unlooked at.
import { UNKNOWN, type Abstraction, type Check } from '@himaya/engine';
import { nothing } from '../../checks/nothing.ts';
import type { Context } from '../context.ts';
import { highestEver, isHigh } from '../risk.ts';

const staff = ['S', 'T'];

const closing: Abstraction = {
  ...nothing,
  regions: ['lifecycle'],
  context: {
    triageLevel: true,
    closure: true,
    levels: (levels: Context['levels']) => {
      const highest = highestEver({ levels });
      const level = isHigh(highest) ? 'high' : 'standard';
      return highest === null ? [] : [{ level, since: UNKNOWN }];
    },
  },
  values: {
    'CaseTriaged.level': ['routine'],
    'RiskAssessed.finalLevel': 'any',
    capacity: 'any',
    proposer: ['S'],
    reviewer: staff,
    feedbackOffered: [true],
    reasonCode: ['safe'],
    'actor.staff': staff,
    'CaseClosed.actor.role': 'any',
    'actor.onBehalfOf': [undefined],
  },
  because: {
    en: 'Two members of staff are enough: rules ask only whether two names are the same.',
    ar: 'يكفي موظفان، لأن القواعد لا تسأل إلا عن تطابق اسمين.',
  },
};

/** Of closing. */
export const closures: Check = {
  abstraction: closing,
  claims: [
    {
      id: 'INV-07',
      text: {
        en: 'A case whose risk was ever high is closed by the head after somebody else looked at it.',
        ar: 'القضية التي سبق أن كانت خطورتها مرتفعة يغلقها رئيس المكتب بعد مراجعة غيره.',
      },
      decisions: ['CaseClosed'],
      neverBy: ({ before, event }) => {
        const { closure, levels } = before.context as Context;
        if (!isHigh(highestEver({ levels }))) return false;
        const reviewers = closure?.reviewers ?? [];
        const isOther = !reviewers.includes(event.actor.staff);
        return event.actor.role !== 'HEAD' || reviewers.length === 0 || !isOther;
      },
    },
    {
      id: 'INV-14',
      text: {
        en: 'No case is closed that nobody has triaged.',
        ar: 'لا تغلق قضية لم تفرز.',
      },
      never: ({ in: inState, context }) =>
        inState('lifecycle.closed') && (context as Context).triageLevel === null,
    },
  ],
};
