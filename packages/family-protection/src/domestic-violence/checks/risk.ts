// What never happens to the risk: it does not fall by itself, and nobody meets while it is high.
import { UNKNOWN, type Abstraction, type Check, type StateView } from '@himaya/engine';
import { nothing } from '../../checks/nothing.ts';
import type { Context } from '../context.ts';
import { currentLevel, isHigh, rank } from '../risk.ts';
import { gathering } from '../rules/safety.ts';
import { isGathering } from './gathering-step.ts';

type Levels = Context['levels'];

const abstraction: Abstraction = {
  ...nothing,
  regions: ['risk', 'assessment'],
  context: {
    levels: (levels: Levels) =>
      levels.slice(-1).map(({ level }) => ({ level, since: UNKNOWN })),
  },
  // An unmet danger can only refuse more.
  given: { dangerUnmet: false },
  values: {
    'RiskAssessed.finalLevel': 'any',
    'RiskDowngradeApproved.to': 'any',
    'EligibilityAssessed.eligible': 'any',
  },
  because: {
    en: 'The present level is the last one, and nothing here asks for those before it.',
    ar: 'المستوى الحالي هو الأخير، ولا يسأل شيء هنا عما قبله.',
  },
};

const levelOf = ({ context }: StateView) => currentLevel(context as Pick<Context, 'levels'>);

/** The level of risk. */
export const riskLevels: Check = {
  abstraction,
  claims: [
    {
      id: 'INV-12',
      text: {
        en: 'The level of risk falls only by an approval.',
        ar: 'لا ينخفض مستوى الخطورة إلا باعتماد.',
      },
      neverBy: ({ before, after, event, followed }) =>
        rank(levelOf(after)) < rank(levelOf(before)) &&
        ![event, ...followed].some(({ type }) => type === 'RiskDowngradeApproved'),
    },
    {
      id: 'INV-02',
      text: {
        en: 'No step of a reconciliation is taken while the risk is high.',
        ar: 'لا تتخذ أي خطوة صلح ما دامت الخطورة مرتفعة.',
      },
      decisions: gathering,
      neverBy: ({ before, event }) => isGathering(event) && isHigh(levelOf(before)),
    },
  ],
};
