import { walkEverywhere } from '../harness/walk.ts'

walkEverywhere('en')
