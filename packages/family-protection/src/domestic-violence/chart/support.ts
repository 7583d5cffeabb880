// The regions of support and of the children in the household.
import { assign } from 'xstate';
import { childrenIn, namesOf, union } from '../../parties/facts.ts';
import { t, type View } from '../head.ts';
import { machine } from './machine-setup.ts';

/** The region `support`: offered, and taken up only as far as the victim wishes. */
export const support = machine.createStateConfig({
  initial: 'notOffered',
  on: {
    SupportOffered: '.offered',
    SupportDeclined: '.declined',
    CaseActionPlanAgreed: '.inProgress',
    CaseActionPlanRevised: '.inProgress',
    ReferralMade: '.inProgress',
    PsychologicalSupportProvided: '.inProgress',
    SupportCompleted: '.completed',
  },
  states: { notOffered: {}, offered: {}, declined: {}, inProgress: {}, completed: {} },
});

type Word = 'notApplicable' | 'screening' | 'noConcern' | 'concern' | 'linkedCaseOpened';

function wordFor(view: View): Word {
  const { childScreenings, linkedCases } = view.context;
  const children = childrenIn(view.context.parties);
  if (children.length === 0) return 'notApplicable';
  if (children.some((id) => childScreenings[id] === undefined)) return 'screening';
  if (children.every((id) => childScreenings[id] === 'noConcern')) return 'noConcern';
  const isOpened = linkedCases.some(({ relation }) => relation === 'childProtection');
  return isOpened ? 'linkedCaseOpened' : 'concern';
}

const words = ['notApplicable', 'screening', 'noConcern', 'concern', 'linkedCaseOpened'] as const;
const is = (word: Word) => t.guard((view) => wordFor(view) === word);
const others = (own: Word) =>
  words.filter((word) => word !== own).map((target) => ({ guard: is(target), target }));

/** The region `childSafeguarding`: every child of the household is screened. */
export const childSafeguarding = machine.createStateConfig({
  initial: 'notApplicable',
  on: {
    ChildSafeguardingScreened: {
      actions: assign({
        childScreenings: ({ context, event: { data } }) => ({
          ...context.childScreenings,
          [data.partyId]: data.result,
        }),
        concernedBy: ({ context: { concernedBy }, event: { data, actor } }) =>
          data.result === 'concern'
            ? {
                ...concernedBy,
                [data.partyId]: union(concernedBy[data.partyId] ?? [], namesOf(actor)),
              }
            : concernedBy,
      }),
    },
  },
  states: {
    notApplicable: { always: others('notApplicable') },
    screening: { always: others('screening') },
    noConcern: { always: others('noConcern') },
    concern: { always: others('concern') },
    linkedCaseOpened: { always: others('linkedCaseOpened') },
  },
});
