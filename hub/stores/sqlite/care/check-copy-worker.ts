/** Thread that checks a copy, so that the hub answers its devices meanwhile. */
import { parentPort, workerData } from 'node:worker_threads'
import { checkCopy } from './check-copy.ts'

parentPort!.postMessage(checkCopy(workerData as string))
