import { parentPort, workerData } from 'node:worker_threads'
import { sheetRows } from './sheet.ts'

parentPort?.postMessage(await sheetRows(Buffer.from(workerData as Uint8Array)))
