import { parentPort, workerData } from 'node:worker_threads'
import { type SheetJob, writeSheet } from './read-sheet.ts'

parentPort?.postMessage(await writeSheet(workerData as SheetJob))
