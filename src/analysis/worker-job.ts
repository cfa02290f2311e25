import { parentPort, workerData } from 'node:worker_threads'
import { compute } from './compute.ts'
import type { Task } from './task.ts'

/** Half a second and 150 MB to load: only a thread that is about to use it does. */
const danfo = await import('danfojs-node')
parentPort?.postMessage(compute(danfo, workerData as Task))
