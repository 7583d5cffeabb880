// Two people of a violence case who come to the building, and what the building records of them.
import { MemoryEventStore } from '@himaya/event-store';
import { caseTypes, policySample } from '../src/index.ts';
import { may, type Step } from './alley.ts';
import { Building, codes, visit } from './building.ts';
import { instant, msOf } from '@himaya/engine';

const world = { caseTypes, policies: [policySample] };
/** The day on which they come. */
export const day = '2027-05-18';
/** `HH:MM` of that day by the clock on the wall. */
export const wall = (time: string): string => `${day}T${time}:00+03:00`;
/** She comes by the entrance of victims, he by the one for respondents. */
export const her = visit('a', 'E-V');
export const him = visit('b', 'E-R');
/** Parties of the case by the people they are. */
export const linkAs = (A: string, B: string) => [
  { person: 'a', partyId: A },
  { person: 'b', partyId: B },
];

/** A building and the cases that are played beside it. */
export class Indoors {
  readonly building = new Building(new MemoryEventStore(), 'indoors', world);

  async open(): Promise<this> {
    this.building.ms = msOf(instant(may(9, '08:00')));
    await this.building.build();
    return this;
  }

  /** A case that was played; linked to the household, if there is one. */
  async case(steps: readonly Step[], householdId?: string, as = linkAs('A', 'B')): Promise<string> {
    const { building } = this;
    const caseId = await building.play(steps);
    if (householdId !== undefined) {
      await building.accept('LinkHousehold', { householdId, as }, { caseId });
      await building.settle();
    }
    return caseId;
  }

  /** A command about the day. */
  async give(name: string, input: object): Promise<readonly string[] | string> {
    return codes(await this.tell(name, input));
  }

  tell(name: string, input: object) {
    const command = { siteId: 'S1', date: day, ...input };
    const opening = ['RegisterArrival', 'BookRoom', 'ReportSeparationBreach'].includes(name);
    return this.building.give(name, command, opening ? {} : { caseId: `siteday-S1-${day}` });
  }

  at(time: string): void {
    this.building.at(time, day);
  }

  /** What the day has recorded under this name. */
  async recorded(type: string, caseId = `siteday-S1-${day}`): Promise<readonly object[]> {
    const history = await this.building.engine.history(caseId);
    return history.filter((one) => one.type === type).map(({ data }) => data);
  }
}

/** A booking of that day. */
export const hour = (from: string, to: string, more: object) => ({
  date: day,
  from: wall(from),
  to: wall(to),
  roomId: 'INT1',
  purpose: 'interview',
  ...more,
});
