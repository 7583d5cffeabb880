// Commands by which a file takes over one of a less protective type, and goes on in another one.
import { z } from 'zod';
import { caseId } from '../../case-file/events.ts';
import { retypingCommandsOf } from '../../case-file/retyping.ts';
import { ordinary } from '../../staff/duties.ts';
import { officeOf } from '../../staff/readers.ts';
import { caseStream } from '../../streams.ts';
import { command } from '../head.ts';
import { homesOf, partiesOf, protectionOf, rememberedOf, unmetDanger } from '../predecessor.ts';

/** Commands from one file to the next. */
export const passageCommands = {
  /** Given by the file that was reclassified itself; by a person where that could not be done. */
  TakeOverCase: command({
    input: z.strictObject({ predecessor: caseId }),
    polarity: 'protective',
    by: ['INT', 'CW', 'INV', 'CP', 'SUP', 'HEAD', 'SYS'],
    duties: ordinary,
    opens: true,
    // Whichever comes first opens it: one matter never has two files of this type.
    keyedBy: ({ predecessor }) => `${predecessor}-dv`,
    reads: ({ predecessor }) => [caseStream(predecessor)],
    // Where a store cannot check it: the file before only goes on in one case, and says so.
    recheckSuffices: true,
    records: [
      'IntakeStarted',
      'CaseTakenOver',
      'PartyTakenOver',
      'HouseholdLinked',
      'ProtectiveMeasureStarted',
      'MedicalTransferOrdered',
      'SafetyConcernNoted',
    ],
    decide: ({ predecessor }, view) => {
      const { reads, actor } = view;
      const before = reads.stream(caseStream(predecessor));
      const file = rememberedOf(before);
      const isSystem = actor.role === 'SYS';
      const accountable = file.lead ?? file.dutyOfficer ?? actor.staff;
      const office = officeOf(actor) ?? file.office;
      const { conflicts, investigators, conciliators, accessNeedsAnswered } = file;
      return [
        {
          type: 'IntakeStarted',
          data: { channel: 'otherOffice', intakeKind: 'referralIn', immediateDanger: false },
        },
        {
          type: 'CaseTakenOver',
          data: {
            predecessor,
            accountable: isSystem ? accountable : actor.staff,
            ...(office === null ? {} : { office }),
            conflicts,
            investigators,
            conciliators,
            accessNeedsAnswered,
          },
        },
        ...partiesOf(file),
        ...homesOf(file),
        ...protectionOf(before, view),
        // After what protects already: that was no answer to a danger that still waits.
        ...unmetDanger(file),
      ];
    },
  }),
  ...retypingCommandsOf('family.domesticViolence', '#victim'),
};
