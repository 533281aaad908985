export { onBehalfRoutes } from './pages.tsx'
export { recordOnBehalf, type Said } from './record.ts'
