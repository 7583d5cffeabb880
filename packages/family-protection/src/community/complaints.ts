// The complaints that the community procedure takes: what they are called, and what is complained of.
import type { Text } from '@himaya/engine';
import { z } from 'zod';

/** Sub-types of a complaint; also the categories of a repetition. */
const categories = {
  'community.parkingDispute': [
    'driveway',
    'reservedSpace',
    'alley',
    'abandonedVehicle',
    'commercialVehicle',
  ],
  'community.nuisance': ['noise', 'animals', 'vehicle', 'construction', 'smokeWaste', 'telecom'],
} as const;

/** Case types of the community procedure. */
export type CommunityType = keyof typeof categories;

/** A kind of complaint: one procedure, its own words. */
export interface Complaints {
  readonly name: CommunityType;
  readonly title: Text;
  /** What the case chart is called. */
  readonly chartId: string;
}

/** Complaints about parking: advice before contraventions, and neighbours who agree. */
export const parkingComplaints: Complaints = {
  name: 'community.parkingDispute',
  title: { en: 'Parking dispute', ar: 'خلاف مواقف' },
  chartId: 'parkingDispute',
};

/** Complaints about noise, animals and whatever else disturbs: what they hide is asked first. */
export const nuisanceComplaints: Complaints = {
  name: 'community.nuisance',
  title: { en: 'Nuisance', ar: 'إزعاج' },
  chartId: 'nuisance',
};

/** The schema of what is complained of. */
export function categoryOf(name: CommunityType) {
  return z.enum(categories[name] as readonly (typeof categories)[CommunityType][number][]);
}
