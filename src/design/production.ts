/**
 * React renders a page six times faster when it knows that nobody is developing. It asks once, when it is first
 * imported: so whatever starts the product imports this before anything else.
 */
process.env.NODE_ENV ??= 'production'
