// Texts that people read, in the two languages of the office.

/** A text in English and Arabic. */
export interface Text {
  readonly en: string;
  readonly ar: string;
}
