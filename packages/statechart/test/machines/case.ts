// A case of 40 states in three regions, with rules, deadlines and outputs, much like the office's.
import { assign, raise, setup, stateIn, and, not } from 'xstate';
import { ruleGuard } from '../../src/index.ts';

export interface CaseContext {
  readonly parties: number;
  readonly risk: number;
  readonly reports: number;
  readonly orders: number;
  readonly note: string;
}

export interface CaseEvent {
  readonly type: string;
  readonly n?: number;
}

const hasParties = ruleGuard<CaseContext, CaseEvent>([
  { code: 'NO_PARTIES', holds: ({ context }) => context.parties > 0 },
]);
const riskIsKnown = ruleGuard<CaseContext, CaseEvent>([
  { code: 'RISK_UNKNOWN', holds: ({ context }) => context.risk > 0 },
  { code: 'RISK_HIGH', holds: ({ context }) => context.risk < 8 },
]);

export const caseMachine = setup({
  types: { context: {} as CaseContext, events: {} as CaseEvent, input: {} as { note?: string } },
  guards: {
    isHigh: ({ context }) => context.risk >= 5,
    above: ({ event }, params: { least: number }) => (event.n ?? 0) > params.least,
  },
  actions: {
    notify: (_, _params: { to: string; risk?: number }) => {},
    audit: () => {},
    countReport: assign({ reports: ({ context }) => context.reports + 1 }),
  },
  delays: { acceptance: 1000, visit: 2000, report: 3000, orderTerm: 4000 },
}).createMachine({
  id: 'case',
  type: 'parallel',
  context: ({ input }) => ({ parties: 0, risk: 0, reports: 0, orders: 0, note: input?.note ?? '' }),
  on: { 'note.added': { actions: assign({ note: ({ event }) => `n${event.n ?? 0}` }) } },
  states: {
    lifecycle: {
      initial: 'intake',
      on: { withdrawn: '.closing', 'system.*': { actions: 'audit' } },
      states: {
        intake: {
          initial: 'draft',
          states: {
            draft: {
              tags: 'editable',
              on: {
                partyAdded: { actions: assign({ parties: ({ context }) => context.parties + 1 }) },
                submitted: { guard: hasParties, target: 'submitted' },
              },
            },
            submitted: {
              after: { acceptance: 'overdue' },
              on: { accepted: 'done', returned: 'draft' },
            },
            overdue: { tags: ['late'], on: { accepted: 'done' } },
            done: { type: 'final' },
          },
          onDone: { target: 'active', actions: { type: 'notify', params: { to: 'officer' } } },
        },
        active: {
          entry: 'audit',
          exit: 'audit',
          type: 'parallel',
          states: {
            inquiry: {
              initial: 'planned',
              states: {
                planned: { on: { visited: 'visited' }, after: { visit: 'missed' } },
                missed: { tags: ['late'], on: { visited: 'visited' } },
                visited: {
                  on: { concluded: 'concluded', visited: { target: 'visited', reenter: true } },
                },
                concluded: { type: 'final' },
              },
            },
            support: {
              initial: 'offered',
              states: {
                offered: { on: { declined: 'ended', accepted: 'running' } },
                running: {
                  on: { concluded: 'ended' },
                  always: {
                    guard: and(['isHigh', not(stateIn('safety.alarm'))]),
                    target: 'urgent',
                  },
                },
                urgent: { tags: 'urgent', on: { concluded: 'ended' } },
                ended: { type: 'final', output: ({ context }) => context.risk },
              },
            },
          },
          on: { suspended: 'suspended' },
          onDone: 'settling',
        },
        suspended: { on: { resumed: 'active', '*': { actions: 'audit' } } },
        settling: {
          initial: 'offer',
          states: {
            offer: { on: { agreed: { guard: riskIsKnown, target: 'agreed' } } },
            agreed: { on: { breached: 'offer', fulfilled: 'fulfilled' } },
            fulfilled: { type: 'final' },
          },
          onDone: { target: 'closing', actions: raise({ type: 'case.settled' }) },
        },
        closing: { on: { closed: 'closed', reopened: 'intake' } },
        closed: { on: { reopened: { target: 'active', reenter: true } } },
      },
    },
    safety: {
      initial: 'unknown',
      on: {
        riskAssessed: [
          {
            guard: { type: 'above', params: { least: 7 } },
            target: '.alarm',
            actions: assign({ risk: ({ event }) => event.n ?? 0 }),
          },
          { target: '.watched', actions: assign({ risk: ({ event }) => event.n ?? 0 }) },
        ],
      },
      states: {
        unknown: {},
        watched: { tags: 'watched', on: { orderIssued: 'ordered' } },
        alarm: {
          tags: ['watched', 'urgent'],
          entry: { type: 'notify', params: ({ context }) => ({ to: 'chief', risk: context.risk }) },
          on: { orderIssued: 'ordered' },
        },
        ordered: {
          initial: 'served',
          entry: assign({ orders: ({ context }) => context.orders + 1 }),
          after: { orderTerm: 'watched' },
          on: { orderRevoked: 'watched', orderIssued: { target: 'ordered', reenter: false } },
          states: {
            served: { on: { breached: 'breached' } },
            breached: { entry: raise({ type: 'system.breach' }), on: { answered: 'served' } },
          },
        },
      },
    },
    reporting: {
      initial: 'none',
      states: {
        none: { on: { 'case.settled': 'due', accepted: 'due' } },
        due: {
          after: { report: 'overdue' },
          on: { 'report.filed': { target: 'filed', actions: 'countReport' } },
        },
        overdue: {
          tags: 'late',
          on: {
            'report.filed': { target: 'filed', actions: 'countReport' },
            'report.*': { actions: 'audit' },
          },
        },
        filed: {
          on: { 'report.asked': 'due', 'report.filed': { actions: 'countReport' } },
          always: { guard: ({ context }) => context.reports >= 3, target: 'complete' },
        },
        complete: { on: { 'report.filed': {}, 'report.*': undefined } },
      },
    },
  },
});

export const caseEvents = [
  'partyAdded',
  'submitted',
  'accepted',
  'returned',
  'withdrawn',
  'visited',
  'concluded',
  'declined',
  'suspended',
  'resumed',
  'agreed',
  'breached',
  'fulfilled',
  'closed',
  'reopened',
  'riskAssessed',
  'orderIssued',
  'orderRevoked',
  'answered',
  'report.filed',
  'report.asked',
  'note.added',
  'system.tick',
  'unheard',
  '@after.acceptance',
  '@after.visit',
  '@after.report',
  '@after.orderTerm',
];
