/** A member's own tokens. Safe for the browser. */
export type QuotaView = { available: number; held: number; perDay: number; capacity: number };
