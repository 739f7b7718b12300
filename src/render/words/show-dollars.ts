const CENT = 0.01;
const DECIMALS_BELOW_A_CENT = 5;
const LEAST = 10 ** -DECIMALS_BELOW_A_CENT;

/** Writes dollars: cents as usual, and below a cent as many decimals as a scan of 10 MB needs, `$0.00005`. */
export function showDollars(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars < LEAST) return `less than $${LEAST.toFixed(DECIMALS_BELOW_A_CENT)}`;
  if (dollars >= CENT) return `$${dollars.toFixed(2)}`;
  return `$${dollars.toFixed(DECIMALS_BELOW_A_CENT).replace(/0+$/, '')}`;
}
