/** The product's mark: a tamga, the sign by which an owner marked what was his. */
export function Seal({ size }: { readonly size: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      strokeWidth="3"
      aria-hidden="true"
    >
      <circle cx="16" cy="10" r="6.5" />
      <path d="M16 16.5V30M7 30V23.5C7 21 9 19.5 11.5 19.5H20.5C23 19.5 25 21 25 23.5V30" strokeLinecap="round" />
    </svg>
  )
}
