// Rules of correcting what somebody is: what protects is not taken back by one person alone.
import type { Actor } from '@himaya/engine';
import { z } from 'zod';
import { ageBand, ref } from '../fields.ts';
import { rulesOver } from '../rule.ts';
import { separated } from '../wording/wording.ts';
import { isAmong } from './facts.ts';

/** What these rules ask of a case's memory. */
interface PartyMemory {
  readonly parties: Readonly<
    Record<
      string,
      {
        readonly isChild: boolean;
        readonly ageBand: z.output<typeof ageBand>;
        readonly toldBy: readonly string[];
      }
    >
  >;
}

/** The events that these rules judge, as far as they look at them. */
const judged = {
  PartyAgeCorrected: z.object({ partyId: ref, ageBand }),
};
const rule = rulesOver<PartyMemory, typeof judged>();

/** Bands from the one that protects most to the one that protects least. */
const BANDS: readonly string[] = ['under15', '15to17', 'unknown', 'adult'];

/** Whether somebody decides on cases and has not said themselves what they now say is wrong. */
export function isSecond(actor: Actor, toldBy: readonly string[]): boolean {
  return ['SUP', 'HEAD'].includes(actor.role) && !isAmong(actor, toldBy);
}

/** Rules of corrections. */
export const correctionRules = {
  childhoodKept: rule(['PartyAgeCorrected'], {
    ...separated(
      'That a child is older is decided by a supervisor who has not recorded the age before.',
      'يقرر أن الطفل أكبر سنا مشرف لم يسبق له تسجيل العمر.',
    ),
    holds: ({ event: { data, actor }, context }) => {
      const party = context.parties[data.partyId];
      const isOlder = BANDS.indexOf(data.ageBand) > BANDS.indexOf(party?.ageBand ?? 'adult');
      return party?.isChild !== true || !isOlder || isSecond(actor, party.toldBy);
    },
  }),
};
