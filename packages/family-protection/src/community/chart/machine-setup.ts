// The setup that every region of the case chart is written with.
import { setup } from 'xstate';
import { t } from '../head.ts';

/** XState's typed builder for this case type. */
export const machine = setup({ types: t.types, delays: t.delays });

/** A region or state: declared where what TypeScript infers is longer than it may write down. */
export type StateConfig = ReturnType<typeof machine.createStateConfig>;
