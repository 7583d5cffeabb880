// The languages that the command speaks.

/** The languages of the command. */
export type Language = 'en' | 'ar';
