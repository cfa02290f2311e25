import { parentPort, workerData } from 'node:worker_threads'
import { readSheet, type SheetJob } from './read-sheet.ts'

const result = await readSheet(workerData as SheetJob)
parentPort?.postMessage(result, 'csv' in result ? [result.csv.buffer] : [])
