export type { Manifest } from './catalogue.ts'
export { exportNetwork } from './export.ts'
export { type Imported, importNetwork } from './import.ts'
