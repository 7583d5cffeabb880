// States in which something is over: whoever enters them stays there, and that is meant.

const file = ['lifecycle.transferred', 'lifecycle.merged'];
// What was found stays found: only the file of another type can deal with it.
const community = [...file, 'screening.positive', 'consent.withdrawn'];

/** By the name of the case type: states of its chart, and those of its parts after their kind. */
export const ends: Readonly<Record<string, readonly string[]>> = {
  'community.parkingDispute': community,
  'community.nuisance': community,
  'family.domesticViolence': [
    ...file,
    'legal.judgment.convicted',
    'legal.judgment.acquitted',
    'legal.judgment.otherwiseEnded',
    'incident.recordComplete',
    'evidence.held',
    'interview.completed',
    'interview.brokenOff',
    'interview.cancelled',
    'undertaking.breached',
    'order.revoked',
    'consent.withdrawn',
    'reconciliationConsent.withdrawn',
    'settlement.fulfilled',
    'settlement.failed',
    'settlement.notRatified',
    'settlement.superseded',
    'settlement.lapsed',
  ],
  'family.person': ['known'],
  'family.household': ['known'],
  'facility.site': ['known'],
  'facility.siteDay': [
    'open',
    'booking.terminated',
    'booking.over',
    'booking.cancelled',
    'booking.released',
    'arrival.gone',
  ],
};
