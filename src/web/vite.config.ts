import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Builds the page into dist/web, where the service looks for it; `vite` alone serves it beside a running service. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    // ECharts is a chunk of its own, loaded after the first figures are on the screen.
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: 'echarts', test: /node_modules\/(echarts|zrender)\// }] },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
})
