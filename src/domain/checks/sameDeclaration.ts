/** Number of the declaration in a document's data; '' where it has none. */
export const declarationOf = (data: { readonly declaration?: unknown }): string => String(data.declaration ?? '')
