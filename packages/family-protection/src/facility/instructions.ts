// What a desk does at once when two are in one building who must not meet: neither whom nor why.
import type { Text } from '@himaya/engine';
import type { z } from 'zod';
import { words } from '../household/fields.ts';
import type { DayEvents } from './day-head.ts';

/** What an alarm asks of the desk. */
export type Instruction = z.output<DayEvents['SeparationBreachOccurred']>['instruction'];

/** What each of them means, for whoever reads it at the desk. */
export const instructions: Readonly<Record<Instruction, Text>> = {
  bringApart: words(
    'Lead each of them by a way of their own to a room of their own, and stay with them.',
    'يقاد كل منهما من مسار مستقل إلى غرفة مستقلة، ويبقى معه أحد الموظفين.',
  ),
  letInApart: words(
    'Lead who has just come by the nearest way to a room of their own, and lock it from inside. Nobody else is led through until then.',
    'يقاد من وصل الآن من أقرب مسار إلى غرفة مستقلة تقفل من الداخل، ولا يمر أحد غيره قبل ذلك.',
  ),
  holdEveryone: words(
    'Everyone who is in the building stays where they are, and nobody is led through it, until a supervisor says who goes where.',
    'يبقى كل من في المبنى في مكانه ولا يقاد فيه أحد إلى أن يحدد المشرف من ينتقل وإلى أين.',
  ),
};
