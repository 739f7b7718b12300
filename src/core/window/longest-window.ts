/** The longest window that a line may ask for unless configured: scans cost by bytes, and a slip of `d` for `h` costs most. */
export const LONGEST_WINDOW_SECONDS = 7 * 86_400;
